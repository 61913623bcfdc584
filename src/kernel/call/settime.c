/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: set the time of boot, and so the time of day.
 */
#include "kernel/call/call.h"

#include "kernel/clock.h"

int
do_sys_settime(struct proc *caller, const struct sys_settime_req *req,
    struct sys_settime_rep *rep)
{
	(void)caller, (void)rep;
	clock_boot_time = req->boot_time;
	return OK;
}
