/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: stop a process, or let it go on. A delayed stop waits while a
 * message of the process is in transit: that request will be served whatever
 * happens to the process, so the one who stops it has to see it served
 * first.
 */
#include "kernel/call/call.h"

#include "kernel/ipc/ipc.h"
#include "kernel/sched.h"

/* Stop p unless it has a message in transit and the stop is to wait. */
static int
stop(struct proc *p, uint32_t flags)
{
	bool waiting = (p->misc_flags & MF_SIG_DELAY) != 0;

	if ((flags & RC_DELAY) != 0 && (waiting || ipc_in_transit(p))) {
		p->misc_flags |= MF_SIG_DELAY;
		return -EBUSY;
	}
	rts_set(p, RTS_PROC_STOP);
	return OK;
}

int
do_sys_runctl(struct proc *caller, const struct sys_runctl_req *req,
    struct sys_runctl_rep *rep)
{
	struct proc *p;
	int r;

	(void)rep;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	if (req->action == RC_STOP)
		return stop(p, req->flags);
	if (req->action != RC_RESUME)
		return -EINVAL;
	rts_clear(p, RTS_PROC_STOP);
	return OK;
}
