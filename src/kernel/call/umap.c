/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the physical address of memory, for devices. A device writes
 * where it is told to, so this is guarded like a copy: own memory, or a
 * grant.
 */
#include "kernel/call/call.h"

#include "kernel/call/grant.h"

/* Find the memory that is meant. */
static int
memory_find(struct proc *caller, const struct sys_umap_req *req,
    struct grant_found *found)
{
	const uint32_t both = CPF_READ | CPF_WRITE;
	struct grant_want want = { req->ep, req->gid, req->addr, req->bytes,
		req->access };
	int r;

	if (req->bytes == 0)
		return -EINVAL;
	if (req->gid != GRANT_INVALID) {
		if ((req->access & both) == 0 || (req->access & ~both) != 0)
			return -EINVAL;
		return verify_grant(caller, &want, found);
	}
	r = target_find(caller, req->ep, &found->owner);
	if (r != OK)
		return r;
	found->addr = req->addr;
	return found->owner == caller ? OK : -EPERM;
}

int
do_sys_umap(struct proc *caller, const struct sys_umap_req *req,
    struct sys_umap_rep *rep)
{
	bool write =
	    req->gid == GRANT_INVALID || (req->access & CPF_WRITE) != 0;
	struct grant_found found;
	vir_bytes contiguous;
	int r;

	r = memory_find(caller, req, &found);
	if (r == OK)
		r = range_present(caller, found.owner, found.addr, req->bytes,
		    write);
	if (r == OK)
		r = umap_lookup(found.owner, found.addr, &rep->phys,
		    &contiguous, req->bytes);
	if (r != OK)
		return r;
	return contiguous < req->bytes ? -EFAULT : OK;
}
