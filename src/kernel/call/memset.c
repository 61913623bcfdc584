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
	struct place dst = { .addr = req->addr };
	int r = target_find(caller, req->ep, &dst.proc);

	(void)rep;
	if (r != OK || req->bytes == 0)
		return r;
	return data_memset(caller, dst, req->bytes, (uint8_t)req->pattern, 0);
}
