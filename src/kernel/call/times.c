/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: clocks, and the accounts of a process.
 */
#include "kernel/call/call.h"

#include "kernel/clock.h"

int
do_sys_times(struct proc *caller, const struct sys_times_req *req,
    struct sys_times_rep *rep)
{
	struct proc *p;

	rep->uptime = clock_uptime;
	rep->hz = clock_hz;
	rep->boot_time = clock_boot_time;
	if (req->ep == NONE)
		return OK;
	p = req->ep == SELF ? caller : proc_lookup(req->ep);
	if (p == NULL)
		return -EINVAL;
	rep->user = p->user_ticks;
	rep->system = p->system_ticks;
	return OK;
}
