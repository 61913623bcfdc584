/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * gettimeofday: PM asks the clock. Time zones are a matter of the environment,
 * not of the system. time() is newlib's, over this.
 */
#include "lib/libc/port.h"

#include <sys/time.h>

#include <proto/pm.h>

int
gettimeofday(struct timeval *__restrict tv, void *__restrict tz)
{
	struct pm_gettime_rep rep;
	int r;

	(void)tz;
	r = msg_call(PM_PROC_NR, PM_GETTIME, NULL, 0, &rep, sizeof rep);
	if (r == OK) {
		tv->tv_sec = rep.seconds;
		tv->tv_usec = (suseconds_t)(rep.nanoseconds / 1000);
	}
	return errno_return(r);
}
