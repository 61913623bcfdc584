/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the one alarm of a service.
 */
#include "kernel/call/call.h"

#include "kernel/clock.h"

int
do_sys_setalarm(struct proc *caller, const struct sys_setalarm_req *req,
    struct sys_setalarm_rep *rep)
{
	if (!priv_is_own(caller))
		return -EPERM;
	rep->uptime = clock_uptime;
	rep->left = clock_alarm(caller->priv, req->ticks);
	return OK;
}
