/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the manager has disposed of the signals it fetched. If more
 * have come meanwhile, the process stays blocked for another round.
 */
#include "kernel/call/call.h"

#include "kernel/sched.h"
#include "kernel/signal.h"

int
do_sys_endksig(struct proc *caller, const struct sys_endksig_req *req,
    struct sys_endksig_rep *rep)
{
	struct proc *p;
	int r;

	(void)rep;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	if (sig_managed(p, caller) == 0)
		return -EPERM;
	if (!rts_isset(p, RTS_SIG_PENDING))
		return -EINVAL;
	if (!rts_isset(p, RTS_SIGNALED))
		rts_clear(p, RTS_SIG_PENDING);
	return OK;
}
