/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service again, see servers/rs/revive.h. A service may fail once
 * in a while, so failures count only while they come in a row: one that has
 * run well for a minute begins anew.
 */
#include "servers/rs/revive.h"

#include <lacuna/printf.h>
#include <lacuna/sef.h>
#include <lacuna/syslib.h>

#include "servers/rs/death.h"
#include "servers/rs/publish.h"
#include "servers/rs/recovery.h"
#include "servers/rs/rs.h"
#include "servers/rs/start.h"
#include "servers/rs/supervise.h"

#define GOOD_T      (60 * sys_hz()) /* ran well: forgive earlier failures */
#define MAX_BACKOFF 30              /* periods */

/* Periods to wait before a service that has failed is started again. By
 * default none the first time, then longer and longer. One that is to be back
 * at once but hardly ran would keep RS busy with nothing else. */
static int32_t
pause_periods(const struct rproc *rp)
{
	const int32_t n = rp->failures - 1;

	if (rp->policy.when == RS_AT_ONCE)
		return rs_now() - rp->started < RS_DELTA_T;
	if (n == 0)
		return 0;
	return n < 5 ? 1 << n : MAX_BACKOFF;
}

static void
revive_now(struct rproc *rp)
{
	service_start(rp,
	    rp->flags & RF_REPLACING ? SEF_INIT_LU : SEF_INIT_RESTART);
}

/* Leave it without a process. Its users learn that it does not come back. */
static void
give_up(struct rproc *rp)
{
	printf("rs: %s has failed %d times in a row, given up until "
	       "'service restart %s'\n",
	    rp->pub->label, (int)rp->failures, rp->pub->label);
	rp->flags |= RF_GIVEN_UP;
	service_unpublish(rp);
}

/* Has it failed too often? */
static bool
is_too_often(const struct rproc *rp)
{
	return rp->policy.give_up != 0 &&
	    (uint32_t)rp->failures >= rp->policy.give_up;
}

void
revive_by_policy(struct rproc *rp)
{
	if (is_too_often(rp))
		give_up(rp);
	else
		rp->revive_time = rs_time(
		    rs_now() + (clock_ticks)pause_periods(rp) * RS_DELTA_T);
}

void
revive_soon(struct rproc *rp)
{
	rp->revive_time = rs_time(rp->started + RS_DELTA_T);
}

/* Count a failure. One that does not hurt needs no script. */
static void
revive_failed(struct rproc *rp)
{
	if (rs_now() - rp->started > GOOD_T)
		rp->failures = 0;
	if (rp->failures < INT32_MAX)
		rp->failures++;
	if (!is_too_often(rp) && pause_periods(rp) == 0)
		revive_now(rp);
	else if (!recovery_begin(rp))
		revive_by_policy(rp);
}

void
service_revive(struct rproc *rp)
{
	rp->restarts++;
	if (rp->flags & RF_REFRESHING)
		revive_now(rp);
	else
		revive_failed(rp);
}

void
revive_later(struct rproc *rp, int result)
{
	const clock_ticks periods = rp->tries == 1 ? 1 : MAX_BACKOFF;

	printf("rs: cannot start %s again: %d\n", rp->pub->label, result);
	rp->revive_time = rs_time(rs_now() + periods * RS_DELTA_T);
	rp->flags &= ~(uint32_t)RF_REFRESHING;
	caller_answer(rp, result);
}

void
revive_step(struct rproc *rp, clock_ticks now)
{
	if (!recovery_expired(rp, now) && rs_passed(rp->revive_time, now))
		revive_now(rp);
}

void
revive_forgive(struct rproc *rp)
{
	rp->flags &= ~(uint32_t)RF_GIVEN_UP;
	rp->failures = 0;
}
