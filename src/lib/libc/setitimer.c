/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * setitimer: PM counts in milliseconds; what is between is rounded up, so that
 * a timer never fires early.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/time.h>

#include <proto/pm.h>

#define SECONDS_MAX 4294966 /* longer times do not fit in 32 bits of ms */

_Static_assert(ITIMER_REAL == (int)PM_ITIMER_REAL &&
	ITIMER_VIRTUAL == (int)PM_ITIMER_VIRTUAL &&
	ITIMER_PROF == (int)PM_ITIMER_PROF,
    "timers");

static int
timeval_to_ms(const struct timeval *tv, uint32_t *ms)
{
	if (tv->tv_sec < 0 || tv->tv_usec < 0 || tv->tv_usec >= 1000000)
		return -EINVAL;
	if (tv->tv_sec > SECONDS_MAX)
		return -EINVAL;
	*ms =
	    (uint32_t)tv->tv_sec * 1000 + (uint32_t)(tv->tv_usec + 999) / 1000;
	return OK;
}

static void
ms_to_timeval(uint32_t ms, struct timeval *tv)
{
	tv->tv_sec = ms / 1000;
	tv->tv_usec = (suseconds_t)(ms % 1000) * 1000;
}

static int
itimer(struct pm_itimer_req *req, struct itimerval *old)
{
	struct pm_itimer_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_ITIMER, req, sizeof *req, &rep, sizeof rep);
	if (r == OK && old != NULL) {
		ms_to_timeval(rep.value_ms, &old->it_value);
		ms_to_timeval(rep.interval_ms, &old->it_interval);
	}
	return errno_return(r);
}

int
setitimer(int which, const struct itimerval *__restrict value,
    struct itimerval *__restrict old)
{
	struct pm_itimer_req req = { .which = which, .set = 1 };
	int r;

	r = timeval_to_ms(&value->it_value, &req.value_ms);
	if (r == OK)
		r = timeval_to_ms(&value->it_interval, &req.interval_ms);
	return r == OK ? itimer(&req, old) : errno_return(r);
}

int
getitimer(int which, struct itimerval *now)
{
	struct pm_itimer_req req = { .which = which };

	return itimer(&req, now);
}
