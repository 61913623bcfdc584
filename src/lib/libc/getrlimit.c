/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Limits: PM keeps them, see setrlimit(2).
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/resource.h>

#include <proto/pm.h>

_Static_assert(RLIMIT_CPU == PM_LIMIT_CPU && RLIMIT_FSIZE == PM_LIMIT_FSIZE &&
	RLIMIT_DATA == PM_LIMIT_DATA && RLIMIT_STACK == PM_LIMIT_STACK &&
	RLIMIT_CORE == PM_LIMIT_CORE && RLIMIT_NOFILE == PM_LIMIT_NOFILE &&
	RLIMIT_AS == PM_LIMIT_AS && RLIMIT_NPROC == PM_LIMIT_NPROC &&
	(int)RLIM_NLIMITS == (int)PM_LIMITS,
    "limits");
_Static_assert(RLIM_INFINITY == PM_LIMIT_NONE, "no limit");

static int
ask(struct pm_rlimit_req *req, struct pm_rlimit_rep *rep)
{
	return errno_return(msg_call(PM_PROC_NR, PM_RLIMIT, req, sizeof *req,
	    rep, sizeof *rep));
}

int
getrlimit(int resource, struct rlimit *limit)
{
	struct pm_rlimit_req req = { .which = resource };
	struct pm_rlimit_rep rep;

	if (ask(&req, &rep) != 0)
		return -1;
	limit->rlim_cur = rep.limit.cur;
	limit->rlim_max = rep.limit.max;
	return 0;
}

int
setrlimit(int resource, const struct rlimit *limit)
{
	struct pm_rlimit_req req = {
		.which = resource,
		.set = 1,
		.limit = { limit->rlim_cur, limit->rlim_max },
	};
	struct pm_rlimit_rep rep;

	return ask(&req, &rep);
}
