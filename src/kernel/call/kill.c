/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: raise a signal. What it does is up to the signal manager.
 */
#include "kernel/call/call.h"

#include "kernel/signal.h"

int
do_sys_kill(struct proc *caller, const struct sys_kill_req *req,
    struct sys_kill_rep *rep)
{
	struct proc *p;
	int r;

	(void)rep;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	if (req->sig < 1 || req->sig >= _NSIG)
		return -EINVAL;
	cause_sig(p, req->sig);
	return OK;
}
