/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * fork: PM makes the copy, and both of them get a reply. vfork is the same
 * call, since memory is copied only when it is written.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

pid_t
fork(void)
{
	struct pm_fork_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_FORK, NULL, 0, &rep, sizeof rep);
	return r == OK ? rep.pid : errno_return(r);
}

pid_t vfork(void) __attribute__((alias("fork")));
