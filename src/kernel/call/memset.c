/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: fill memory with a byte.
 */
#include "kernel/call/call.h"

int
do_sys_memset(struct proc *caller, const struct sys_memset_req *req,
    struct sys_memset_rep *rep)
{
	struct place dst = place_phys(req->addr);
	int r = OK;

	(void)rep;
	if (req->ep != NONE) {
		dst.addr = req->addr;
		r = target_find(caller, req->ep, &dst.proc);
	}
	if (r != OK || req->bytes == 0)
		return r;
	return data_memset(caller, dst, req->bytes, (uint8_t)req->pattern, 0);
}
