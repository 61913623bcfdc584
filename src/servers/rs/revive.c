/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service again, see servers/rs/revive.h.
 */
#include "servers/rs/revive.h"

#include <lacuna/printf.h>
#include <lacuna/sef.h>
#include <lacuna/syslib.h>

#include "servers/rs/death.h"
#include "servers/rs/rs.h"
#include "servers/rs/start.h"
#include "servers/rs/supervise.h"

#define GOOD_T      (60 * sys_hz()) /* ran well: forgive earlier deaths */
#define MAX_BACKOFF 30              /* periods */

/* Periods to wait before a crashed service is started again: none the first
 * time, then longer and longer. */
static int32_t
backoff_periods(struct rproc *rp)
{
	int32_t n = rp->restarts++;

	if (n == 0)
		return 0;
	return n < 5 ? 1 << n : MAX_BACKOFF;
}

/* Start it now. If that fails it is tried again, some periods later. */
static int
revive_now(struct rproc *rp, int32_t periods)
{
	int r = service_start(rp, SEF_INIT_RESTART);

	if (r == OK)
		return OK;
	printf("rs: cannot start %s again: %d\n", rp->pub->label, r);
	rp->revive_time = rs_time(rs_now() + (clock_ticks)periods * RS_DELTA_T);
	return r;
}

void
service_revive(struct rproc *rp)
{
	int32_t periods = 0;
	int r;

	if (rs_now() - rp->started > GOOD_T)
		rp->restarts = 0;
	if (rp->flags & RF_REFRESHING)
		rp->restarts++;
	else
		periods = backoff_periods(rp);
	if (periods > 0) {
		rp->revive_time =
		    rs_time(rs_now() + (clock_ticks)periods * RS_DELTA_T);
		return;
	}
	r = revive_now(rp, 1);
	if (r != OK) {
		rp->flags &= ~(uint32_t)RF_REFRESHING;
		caller_answer(rp, r);
	}
}

void
revive_step(struct rproc *rp, clock_ticks now)
{
	if (rs_passed(rp->revive_time, now))
		(void)revive_now(rp, MAX_BACKOFF); /* or later still */
}
