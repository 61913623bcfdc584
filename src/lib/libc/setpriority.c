/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * setpriority: the nice value of one process. Only root may lower it.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/resource.h>

#include <proto/pm.h>

int
setpriority(int which, id_t who, int value)
{
	struct pm_setpriority_req req = { .pid = (int32_t)who, .nice = value };

	if (which != PRIO_PROCESS)
		return errno_return(-EINVAL);
	return errno_return(
	    msg_call(PM_PROC_NR, PM_SETPRIORITY, &req, sizeof req, NULL, 0));
}
