/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: a service gives up. It looks like a crash, so that exits and
 * crashes share one path to the signal manager, which finishes the service.
 */
#include "kernel/call/call.h"

#include "kernel/signal.h"

int
do_sys_exit(struct proc *caller, const struct sys_exit_req *req,
    struct sys_exit_rep *rep)
{
	(void)req, (void)rep;
	cause_sig(caller, SIGABRT);
	return -EDONTREPLY;
}
