/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: copy between any two places, without a grant.
 */
#include "kernel/call/call.h"

/* The place a request names; NONE is physical memory. */
static int
place_find(struct proc *caller, endpoint_t ep, vir_bytes addr,
    struct place *place)
{
	struct proc *p = NULL;
	int r = OK;

	if (ep != NONE)
		r = target_find(caller, ep, &p);
	if (r == OK)
		*place = (struct place){ p, addr };
	return r;
}

int
do_sys_vircopy(struct proc *caller, const struct sys_vircopy_req *req,
    struct sys_vircopy_rep *rep)
{
	struct place src, dst;
	int r;

	(void)rep;
	if ((req->flags & ~(uint32_t)VIRCOPY_TRY) != 0)
		return -EINVAL;
	r = place_find(caller, req->src, req->src_addr, &src);
	if (r == OK)
		r = place_find(caller, req->dst, req->dst_addr, &dst);
	if (r != OK || req->bytes == 0)
		return r;
	return data_copy(caller, src, dst, req->bytes,
	    (req->flags & VIRCOPY_TRY) != 0 ? COPY_TRY : 0);
}
