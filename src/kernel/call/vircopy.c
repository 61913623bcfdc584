/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: copy between any two places, without a grant.
 */
#include "kernel/call/call.h"

/* The place a request names. The endpoint of nobody is physical memory only if
 * that is meant: it is what a caller has that forgot to look for a process. */
static int
place_find(struct proc *caller, endpoint_t ep, vir_bytes addr, uint32_t flags,
    struct place *place)
{
	struct proc *p = NULL;
	int r = OK;

	if (ep != NONE || (flags & VIRCOPY_PHYS) == 0)
		r = target_find(caller, ep, &p);
	if (r == OK)
		*place = (struct place){ p, addr };
	return r;
}

int
do_sys_vircopy(struct proc *caller, const struct sys_vircopy_req *req,
    struct sys_vircopy_rep *rep)
{
	const uint32_t known = VIRCOPY_TRY | VIRCOPY_FORCE | VIRCOPY_PHYS;
	struct place src, dst;
	uint32_t flags = 0;
	int r;

	(void)rep;
	if ((req->flags & ~known) != 0)
		return -EINVAL;
	r = place_find(caller, req->src, req->src_addr, req->flags, &src);
	if (r == OK)
		r = place_find(caller, req->dst, req->dst_addr, req->flags,
		    &dst);
	if (r != OK || req->bytes == 0)
		return r;
	if ((req->flags & VIRCOPY_TRY) != 0)
		flags |= COPY_TRY;
	if ((req->flags & VIRCOPY_FORCE) != 0)
		flags |= COPY_FORCE;
	return data_copy(caller, src, dst, req->bytes, flags);
}
