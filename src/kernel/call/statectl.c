/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: a process's standing in IPC.
 */
#include "kernel/call/call.h"

#include "kernel/ipc/ipc.h"

int
do_sys_statectl(struct proc *caller, const struct sys_statectl_req *req,
    struct sys_statectl_rep *rep)
{
	struct proc *p;
	int r;

	(void)rep;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	if (req->request != STATE_CLEAR_IPC_REFS)
		return -EINVAL;
	ipc_clear_refs(p);
	return OK;
}
