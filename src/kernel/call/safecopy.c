/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls: copy out of a grant, and into one.
 */
#include "kernel/call/call.h"

#include "kernel/call/cowcopy.h"
#include "kernel/call/grant.h"

/* Copy, sharing pages where that may pay. */
static inline int
pages_copy(struct proc *caller, struct place src, struct place dst,
    const struct grant_want *want, uint32_t flags)
{
	if (want->bytes >= cow_min_bytes && (flags & COPY_TRY) == 0)
		return cow_copy(caller, src, dst, want->bytes);
	return data_copy(caller, src, dst, want->bytes, flags);
}

int
safecopy(struct proc *caller, const struct grant_want *want, vir_bytes addr)
{
	struct place mine = place_in(caller, addr), theirs;
	struct grant_found found;
	uint32_t flags;
	int r;

	r = verify_grant(caller, want, &found);
	if (r != OK || want->bytes == 0)
		return r;
	theirs = place_in(found.owner, found.addr);
	flags = found.try ? COPY_TRY : 0;
	if (want->access == CPF_WRITE)
		r = pages_copy(caller, mine, theirs, want, flags);
	else
		r = pages_copy(caller, theirs, mine, want, flags);
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
