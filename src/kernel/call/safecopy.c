/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls: copy out of a grant, and into one.
 */
#include "kernel/call/call.h"

#include "kernel/call/cowcopy.h"
#include "kernel/call/grant.h"

int
safecopy(struct proc *caller, const struct grant_want *want, vir_bytes addr)
{
	struct place src, dst;
	struct grant_found found;
	int r;

	if (caller->vmreq_state != VMREQ_IDLE && cow_is_done(caller, &r))
		return r;
	r = verify_grant(caller, want, &found, NULL);
	if (r != OK || want->bytes == 0)
		return r;
	src = place_in(found.owner, found.addr);
	dst = place_in(caller, addr);
	if (want->access == CPF_WRITE) {
		dst = src;
		src = place_in(caller, addr);
	}
	if (want->bytes >= cow_min_bytes && !found.try)
		return cow_copy(caller, src, dst, want->bytes);
	r = data_copy(caller, src, dst, want->bytes, found.try ? COPY_TRY : 0);
	if (r == -EFAULT && found.try)
		grant_mark_faulted(caller, &found);
	return r;
}

int
do_sys_safecopyfrom(struct proc *caller, const struct sys_safecopyfrom_req *req,
    struct sys_safecopyfrom_rep *rep)
{
	struct grant_want want = { req->granter, req->gid, req->offset,
		req->bytes, CPF_READ };

	(void)rep;
	return safecopy(caller, &want, req->addr);
}

int
do_sys_safecopyto(struct proc *caller, const struct sys_safecopyto_req *req,
    struct sys_safecopyto_rep *rep)
{
	struct grant_want want = { req->granter, req->gid, req->offset,
		req->bytes, CPF_WRITE };

	(void)rep;
	return safecopy(caller, &want, req->addr);
}
