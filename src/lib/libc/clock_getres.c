/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * clock_getres: both clocks move with the clock interrupt, whose rate PM
 * knows.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <time.h>

#include <proto/pm.h>

int
clock_getres(clockid_t clock, struct timespec *res)
{
	struct pm_times_rep rep;
	int r;

	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return errno_return(-EINVAL);
	r = msg_call(PM_PROC_NR, PM_TIMES, NULL, 0, &rep, sizeof rep);
	if (r == OK && res != NULL) {
		res->tv_sec = 0;
		res->tv_nsec = (long)(1000000000 / rep.hz);
	}
	return errno_return(r);
}
