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

void
service_revive(struct rproc *rp)
{
	int r;

	if (rs_now() - rp->started > GOOD_T)
		rp->restarts = 0;
	if (rp->flags & RF_REFRESHING)
		rp->restarts++;
	else
		rp->backoff = backoff_periods(rp);
	if (rp->backoff > 0)
		return;
	r = service_start(rp, SEF_INIT_RESTART);
	if (r == OK)
		return;
	printf("rs: cannot start %s again: %d\n", rp->pub->label, r);
	rp->flags &= ~(uint32_t)RF_REFRESHING;
	caller_answer(rp, r);
	rp->backoff = 1;
}

void
revive_step(struct rproc *rp)
{
	int r;

	if (rp->backoff == 0 || --rp->backoff > 0)
		return;
	r = service_start(rp, SEF_INIT_RESTART);
	if (r != OK) {
		printf("rs: cannot start %s: %d\n", rp->pub->label, r);
		rp->backoff = MAX_BACKOFF;
	}
}
