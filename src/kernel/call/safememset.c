/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: fill granted memory with a byte.
 */
#include "kernel/call/call.h"

#include "kernel/call/grant.h"

int
do_sys_safememset(struct proc *caller, const struct sys_safememset_req *req,
    struct sys_safememset_rep *rep)
{
	struct grant_want want = { req->granter, req->gid, req->offset,
		req->bytes, CPF_WRITE };
	struct grant_found found;
	int r;

	(void)rep;
	r = verify_grant(caller, &want, &found, NULL);
	if (r != OK || req->bytes == 0)
		return r;
	r = data_memset(caller, place_in(found.owner, found.addr), req->bytes,
	    (uint8_t)req->pattern, found.try ? COPY_TRY : 0);
	if (r == -EFAULT && found.try)
		grant_mark_faulted(caller, &found);
	return r;
}
