/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getpriority: PM knows the nice value of single processes. -1 is a valid
 * result, so a caller clears errno first.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/resource.h>

#include <proto/pm.h>

int
getpriority(int which, id_t who)
{
	struct pm_getpriority_req req = { .pid = (int32_t)who };
	struct pm_getpriority_rep rep;
	int r;

	if (which != PRIO_PROCESS)
		return errno_return(-EINVAL);
	r = msg_call(PM_PROC_NR, PM_GETPRIORITY, &req, sizeof req, &rep,
	    sizeof rep);
	return r == OK ? rep.nice : errno_return(r);
}
