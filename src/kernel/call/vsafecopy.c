/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: a vector of safe copies. When one of them has to wait for VM,
 * the call goes on with that element: were finished ones done again, two that
 * share pages would ask VM by turns for ever.
 */
#include "kernel/call/call.h"

#include "kernel/call/cowcopy.h"
#include "kernel/call/grant.h"

/* One element: exactly one side is the caller. */
static int
copy_element(struct proc *caller, const struct vscp_vec *v)
{
	struct grant_want want = { .gid = v->v_gid,
		.offset = v->v_offset,
		.bytes = v->v_bytes };

	if ((v->v_from == SELF) == (v->v_to == SELF))
		return -EINVAL;
	want.granter = v->v_from == SELF ? v->v_to : v->v_from;
	want.access = v->v_from == SELF ? CPF_WRITE : CPF_READ;
	return safecopy(caller, &want, v->v_addr);
}

int
do_sys_vsafecopy(struct proc *caller, const struct sys_vsafecopy_req *req,
    struct sys_vsafecopy_rep *rep)
{
	const vir_bytes size = sizeof(struct vscp_vec);
	int *done = &caller->kcall_done, r = OK;
	struct vscp_vec v;

	(void)rep;
	if (req->elements < 1 || req->elements > SCPVEC_NR)
		return -EINVAL;
	if (caller->vmreq_state == VMREQ_IDLE)
		*done = 0; /* not a retry */
	else if (cow_is_done(caller, &r))
		(*done)++;
	if (r != OK)
		return r;
	for (; *done < req->elements; (*done)++) {
		r = copy_from_user(caller,
		    place_in(caller, req->vec + (vir_bytes)*done * size), &v,
		    sizeof v);
		if (r == OK)
			r = copy_element(caller, &v);
		if (r != OK)
			return r;
	}
	return OK;
}
