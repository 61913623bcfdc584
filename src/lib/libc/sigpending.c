/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sigpending: which signals wait to be unblocked.
 */
#include "lib/libc/port.h"

#include <signal.h>

#include <proto/pm.h>

int
sigpending(sigset_t *set)
{
	struct pm_sigpending_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_SIGPENDING, NULL, 0, &rep, sizeof rep);
	if (r == OK)
		*set = rep.set;
	return errno_return(r);
}
