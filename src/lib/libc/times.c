/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * times: processor time in units of CLOCKS_PER_SEC, whatever the rate of the
 * clock is. The result counts from the start of the system.
 */
#include "lib/libc/port.h"

#include <sys/times.h>
#include <time.h>

#include <proto/pm.h>

static clock_t
scale(clock_ticks ticks, uint32_t hz)
{
	return (clock_t)((uint64_t)ticks * CLOCKS_PER_SEC / hz);
}

clock_t
times(struct tms *t)
{
	struct pm_times_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_TIMES, NULL, 0, &rep, sizeof rep);
	if (r != OK)
		return (clock_t)errno_return(r);
	if (t != NULL) {
		t->tms_utime = scale(rep.user, rep.hz);
		t->tms_stime = scale(rep.system, rep.hz);
		t->tms_cutime = scale(rep.child_user, rep.hz);
		t->tms_cstime = scale(rep.child_system, rep.hz);
	}
	return scale(rep.uptime, rep.hz);
}
