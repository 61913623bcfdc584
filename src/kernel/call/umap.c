/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the physical address of memory, for devices. A device writes
 * where it is told to, so this is guarded like a copy: own memory, or a
 * grant. It is told once: from then on the pages must not move, nor be shared
 * with anybody who would see what it writes.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/arch.h"
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
		return verify_grant(caller, &want, found, NULL);
	}
	r = target_find(caller, req->ep, &found->owner);
	if (r != OK)
		return r;
	found->addr = req->addr;
	return found->owner == caller ? OK : -EPERM;
}

/* Have the pages in memory, each in a frame of its own and not one that is
 * shared copy-on-write: the owner would lose it at its next store. Memory that
 * is never written may be shared. */
static int
pages_own(struct proc *caller, const struct grant_found *found, vir_bytes bytes,
    bool write)
{
	int r;

	r = range_present(caller, found->owner, found->addr, bytes, false);
	if (r != OK)
		return r;
	r = range_present(caller, found->owner, found->addr, bytes, true);
	return r == -EFAULT && !write ? OK : r;
}

static void
pages_pin(const struct grant_found *found, vir_bytes bytes)
{
	vir_bytes page = PAGE_FLOOR(found->addr);

	for (; page < found->addr + bytes; page += PAGE_SIZE)
		arch_page_pin(found->owner->page_dir, page);
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
		r = pages_own(caller, &found, req->bytes, write);
	if (r == OK)
		r = umap_lookup(found.owner, found.addr, &rep->phys,
		    &contiguous, req->bytes);
	if (r != OK)
		return r;
	if (contiguous < req->bytes)
		return -EFAULT;
	pages_pin(&found, req->bytes);
	return OK;
}
