/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: start a new image. There is no reply to a successful exec:
 * the process just begins to run again, elsewhere.
 */
#include "kernel/call/call.h"

#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/ipc/ipc.h"
#include "kernel/maps.h"

int
do_sys_exec(struct proc *caller, const struct sys_exec_req *req,
    struct sys_exec_rep *rep)
{
	struct proc *p;
	int r;

	(void)rep;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;

	memcpy(p->name, req->name, PROC_NAME_MAX);
	p->name[PROC_NAME_MAX - 1] = '\0';
	maps_forget(p->endpoint);
	fpu_drop(p);
	arch_proc_start(p, req->pc, req->sp);
	ipc_abort_receive(p);
	return OK;
}
