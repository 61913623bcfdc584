/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: priority and quantum.
 */
#include "kernel/call/call.h"

#include "kernel/sched.h"

int
do_sys_schedule(struct proc *caller, const struct sys_schedule_req *req,
    struct sys_schedule_rep *rep)
{
	struct proc *p;
	int r;

	(void)rep;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	return sched_set(p, req->priority, req->quantum);
}
