/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Interval timers. Real time is kept here, all processes on the one alarm the
 * kernel gives a service; virtual and profile time is counted by the kernel,
 * PM only starts the next interval. The alarm also limits VFS's silence where
 * RS waits for what PM and VFS do together.
 */
#include "servers/pm/timer.h"

#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/pm/proc.h"
#include "servers/pm/rs.h"
#include "servers/pm/signal.h"
#include "servers/pm/table.h"

#define VFS_SECONDS 3 /* for what VFS does at once */
#define LATE        2 /* ticks; PM was ready to listen */

static clock_ticks uptime;
static uint32_t hz = 100;

/* Read the clock. */
static void
now(void)
{
	struct sys_times_rep t;

	if (sys_times(NONE, &t) != OK)
		return;
	uptime = t.uptime;
	hz = t.hz;
}

/* At least as long as asked for, so that no timer is early. */
static clock_ticks
ms_to_ticks(uint32_t ms)
{
	return (clock_ticks)(((uint64_t)ms * hz + 999) / 1000);
}

static uint32_t
ticks_to_ms(clock_ticks t)
{
	return (uint32_t)((uint64_t)t * 1000 / hz);
}

/* The earlier of two deadlines, of which 0 is none. */
static clock_ticks
earlier(clock_ticks a, clock_ticks b)
{
	if (a == 0 || b == 0)
		return a + b;
	return (int32_t)(a - b) < 0 ? a : b;
}

/* Set the kernel's alarm to the earliest deadline. */
static void
alarm_set(void)
{
	struct mproc *mp;
	clock_ticks first = 0;

	FOR_EACH_PROC(mp)
	{
		first = earlier(first, mp->timer[PM_ITIMER_REAL].deadline);
		first = earlier(first, mp->vfs_deadline);
	}
	if (first != 0)
		first = (int32_t)(first - uptime) > 0 ? first - uptime : 1;
	if (sys_setalarm(first, NULL) != OK)
		printf("pm: the kernel refuses an alarm\n");
}

static void
vfs_deadline_set(struct mproc *mp)
{
	mp->vfs_deadline = uptime + VFS_SECONDS * hz;
	if (mp->vfs_deadline == 0)
		mp->vfs_deadline = 1; /* 0 is none */
}

void
timer_vfs(struct mproc *mp)
{
	now();
	vfs_deadline_set(mp);
	alarm_set();
}

static bool
is_over(clock_ticks deadline)
{
	return deadline != 0 && (int32_t)(deadline - uptime) <= 0;
}

/* Has VFS had its time? If the alarm comes late, so may have VFS's turn. */
static void
vfs_check(struct mproc *mp)
{
	if (!is_over(mp->vfs_deadline))
		return;
	if (uptime - mp->vfs_deadline > LATE) {
		vfs_deadline_set(mp);
		return;
	}
	mp->vfs_deadline = 0;
	rs_forked(mp, -ETIMEDOUT);
}

void
timers_expire(void)
{
	struct mproc *mp;

	now();
	FOR_EACH_PROC(mp)
	{
		struct itimer *it = &mp->timer[PM_ITIMER_REAL];

		vfs_check(mp);
		if (!is_over(it->deadline))
			continue;
		it->deadline = it->interval ? uptime + it->interval : 0;
		if (!(mp->flags & EXITING))
			sig_raise(mp, SIGALRM, false);
	}
	alarm_set();
}

void
timers_cancel(struct mproc *mp)
{
	memset(mp->timer, 0, sizeof mp->timer);
}

/* The kernel's name of a timer it counts itself. */
static int
kernel_timer(int which)
{
	return which == PM_ITIMER_VIRTUAL ? VT_VIRTUAL : VT_PROF;
}

void
timers_rearm(struct mproc *mp, int sig)
{
	int which = sig == SIGVTALRM ? PM_ITIMER_VIRTUAL : PM_ITIMER_PROF;
	clock_ticks left;

	if (mp->timer[which].interval != 0)
		(void)sys_vtimer(mp->ep, kernel_timer(which),
		    &mp->timer[which].interval, &left);
}

/* Ticks left of a real timer. */
static clock_ticks
real_left(const struct itimer *it)
{
	if (it->deadline == 0)
		return 0;
	/* Less the tick that was added when it was set. */
	return (int32_t)(it->deadline - uptime) > 1 ? it->deadline - uptime - 1
						    : 1;
}

int
do_pm_itimer(struct mproc *mp, const struct pm_itimer_req *req,
    struct pm_itimer_rep *rep)
{
	struct itimer *it;
	clock_ticks left, ticks = ms_to_ticks(req->value_ms);
	int r = OK;

	if (req->which < PM_ITIMER_REAL || req->which > PM_ITIMER_PROF)
		return -EINVAL;
	it = &mp->timer[req->which];
	now();
	if (req->which == PM_ITIMER_REAL)
		left = real_left(it);
	else
		r = sys_vtimer(mp->ep, kernel_timer(req->which),
		    req->set ? &ticks : NULL, &left);
	if (r != OK)
		return r;

	rep->value_ms = ticks_to_ms(left);
	rep->interval_ms = ticks_to_ms(it->interval);
	if (!req->set)
		return OK;
	it->interval = ms_to_ticks(req->interval_ms);
	if (req->which == PM_ITIMER_REAL) {
		it->deadline = 0;
		if (req->value_ms != 0) /* a part of a tick has passed: + 1 */
			it->deadline = uptime + ms_to_ticks(req->value_ms) + 1;
		alarm_set();
	}
	return OK;
}
