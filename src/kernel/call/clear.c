/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: empty the slot of a dead process.
 */
#include "kernel/call/call.h"

#include "kernel/ipc/ipc.h"
#include "kernel/maps.h"
#include "kernel/release.h"

int
do_sys_clear(struct proc *caller, const struct sys_clear_req *req,
    struct sys_clear_rep *rep)
{
	struct proc *p;
	int r;

	(void)rep;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	if (p == caller)
		return -EINVAL;

	maps_forget(p->endpoint);
	ipc_remove(p);
	release_proc(p);
	return OK;
}
