/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sigprocmask: PM keeps the mask.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <signal.h>

#include <proto/pm.h>

_Static_assert(SIG_BLOCK == (int)PM_SIG_BLOCK, "SIG_BLOCK");
_Static_assert(SIG_UNBLOCK == (int)PM_SIG_UNBLOCK, "SIG_UNBLOCK");
_Static_assert(SIG_SETMASK == (int)PM_SIG_SETMASK, "SIG_SETMASK");

int
sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	struct pm_sigprocmask_req req = { .how = PM_SIG_INQUIRE };
	struct pm_sigprocmask_rep rep;
	int r;

	if (set != NULL) {
		if (how < SIG_BLOCK || how > SIG_SETMASK)
			return errno_return(-EINVAL);
		req.how = how;
		req.set = *set;
	}
	r = msg_call(PM_PROC_NR, PM_SIGPROCMASK, &req, sizeof req, &rep,
	    sizeof rep);
	if (r == OK && old != NULL)
		*old = rep.old;
	return errno_return(r);
}
