/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: timers on the processor time of a process.
 */
#include "kernel/call/call.h"

int
do_sys_vtimer(struct proc *caller, const struct sys_vtimer_req *req,
    struct sys_vtimer_rep *rep)
{
	clock_ticks *timer;
	struct proc *p;
	uint32_t flag;
	int r;

	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	if (req->which != VT_VIRTUAL && req->which != VT_PROF)
		return -EINVAL;
	flag = req->which == VT_PROF ? MF_PROF_TIMER : MF_VIRT_TIMER;
	timer = req->which == VT_PROF ? &p->prof_left : &p->virt_left;

	rep->left = (p->misc_flags & flag) != 0 ? *timer : 0;
	if (req->set == 0)
		return OK;
	*timer = req->ticks;
	p->misc_flags &= ~flag;
	if (req->ticks > 0)
		p->misc_flags |= flag;
	return OK;
}
