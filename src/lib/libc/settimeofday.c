/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * settimeofday: PM sets the clock, for root, to a whole second.
 */
#include "lib/libc/port.h"

#include <sys/time.h>

#include <proto/pm.h>

int
settimeofday(const struct timeval *tv, const struct timezone *tz)
{
	struct pm_settime_req req = { .seconds = tv->tv_sec };

	(void)tz;
	return errno_return(
	    msg_call(PM_PROC_NR, PM_SETTIME, &req, sizeof req, NULL, 0));
}
