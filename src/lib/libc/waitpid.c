/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * waitpid: PM replies when a child has something to report.
 */
#include "lib/libc/port.h"

#include <sys/wait.h>

#include <proto/pm.h>

_Static_assert(WNOHANG == PM_WNOHANG && WUNTRACED == PM_WUNTRACED, "options");

pid_t
waitpid(pid_t pid, int *status, int options)
{
	struct pm_wait_req req = { .pid = pid, .options = options };
	struct pm_wait_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_WAIT, &req, sizeof req, &rep, sizeof rep);
	if (r != OK)
		return errno_return(r);
	if (status != NULL && rep.pid != 0)
		*status = rep.status;
	return rep.pid;
}
