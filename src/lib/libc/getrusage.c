/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getrusage: the times that PM counts, as far as struct rusage goes.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/resource.h>

#include <proto/pm.h>

static void
ticks_to_timeval(clock_ticks ticks, uint32_t hz, struct timeval *tv)
{
	tv->tv_sec = ticks / hz;
	tv->tv_usec = (suseconds_t)((uint64_t)(ticks % hz) * 1000000 / hz);
}

int
getrusage(int who, struct rusage *usage)
{
	struct pm_times_rep rep;
	int self = who == RUSAGE_SELF;
	int r;

	if (!self && who != RUSAGE_CHILDREN)
		return errno_return(-EINVAL);
	r = msg_call(PM_PROC_NR, PM_TIMES, NULL, 0, &rep, sizeof rep);
	if (r != OK)
		return errno_return(r);
	ticks_to_timeval(self ? rep.user : rep.child_user, rep.hz,
	    &usage->ru_utime);
	ticks_to_timeval(self ? rep.system : rep.child_system, rep.hz,
	    &usage->ru_stime);
	return 0;
}
