/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * clock_gettime: one request tells the time of day and the time since the
 * system started.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <time.h>

#include <proto/pm.h>

int
clock_gettime(clockid_t clock, struct timespec *ts)
{
	struct pm_gettime_rep rep;
	int r;

	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return errno_return(-EINVAL);
	r = msg_call(PM_PROC_NR, PM_GETTIME, NULL, 0, &rep, sizeof rep);
	if (r != OK)
		return errno_return(r);
	if (clock == CLOCK_REALTIME) {
		ts->tv_sec = rep.seconds;
		ts->tv_nsec = (long)rep.nanoseconds;
	} else {
		ts->tv_sec = rep.uptime_ms / 1000;
		ts->tv_nsec = (long)(rep.uptime_ms % 1000) * 1000000;
	}
	return 0;
}
