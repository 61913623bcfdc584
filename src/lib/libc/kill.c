/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * kill: PM finds who is meant and whether the caller may.
 */
#include "lib/libc/port.h"

#include <signal.h>

#include <proto/pm.h>

int
kill(pid_t pid, int sig)
{
	struct pm_kill_req req = { .pid = pid, .sig = sig };

	return errno_return(
	    msg_call(PM_PROC_NR, PM_KILL, &req, sizeof req, NULL, 0));
}
