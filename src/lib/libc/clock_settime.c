/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * clock_settime: the time of day can be set, the time since the start of the
 * system cannot.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <time.h>

#include <proto/pm.h>

int
clock_settime(clockid_t clock, const struct timespec *ts)
{
	struct pm_settime_req req = { .seconds = ts->tv_sec };

	if (clock != CLOCK_REALTIME)
		return errno_return(-EINVAL);
	return errno_return(
	    msg_call(PM_PROC_NR, PM_SETTIME, &req, sizeof req, NULL, 0));
}
