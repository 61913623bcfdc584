/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Once a period RS looks at the clocks of every service: time to initialise,
 * to end, to answer a ping, to be started again. A service that does not
 * answer is ended when more than two of its periods have passed since its
 * last sign of life.
 */
#include "servers/rs/rs.h"

#include <lacuna/printf.h>
#include <lacuna/syslib.h>

/* Has a deadline passed? Works across the wrap of the tick counter. */
static bool
passed(clock_ticks deadline, clock_ticks now)
{
	return deadline != 0 && (int32_t)(now - deadline) >= 0;
}

/* A service sleeps off its last crash: is it time to start it again? */
static void
backoff_count(struct rproc *rp)
{
	int r;

	if (--rp->backoff > 0)
		return;
	r = service_start(rp, SEF_INIT_RESTART);
	if (r != OK) {
		printf("rs: cannot start %s: %d\n", rp->pub->label, r);
		rp->backoff = MAX_BACKOFF;
	}
}

/* Ping a service that is due, end one that does not answer. */
static void
heartbeat(struct rproc *rp, clock_ticks now)
{
	if (rp->ping_sent != 0) {
		if (passed(rp->last_alive + 2 * rp->period, now))
			service_terminate(rp, "does not answer", -EIO);
	} else if (passed(rp->last_alive + rp->period, now)) {
		rp->ping_sent = now;
		(void)ipc_notify(rp->pub->endpoint); /* dead: RS hears of it */
	}
}

/* Look after one service. At most one thing happens to it in one period. */
static void
supervise_one(struct rproc *rp, clock_ticks now)
{
	if (rp->pub->endpoint == NONE) {
		if (rp->backoff > 0)
			backoff_count(rp);
	} else if (passed(rp->stop_deadline, now)) {
		service_terminate(rp, "does not end", OK);
	} else if (passed(rp->init_deadline, now)) {
		rp->flags |= RF_EXITING;
		service_terminate(rp, "does not initialise", -ETIMEDOUT);
	} else if (rp->period > 0 && !(rp->flags & RF_INITIALIZING)) {
		heartbeat(rp, now);
	}
}

void
supervise(clock_ticks now)
{
	struct rproc *rp;
	int r;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE)
			supervise_one(rp, now);
	r = sys_setalarm(RS_DELTA_T, NULL);
	if (r != OK)
		panic("cannot set the alarm: %d", r);
}

void
supervise_pong(endpoint_t from)
{
	struct rproc *rp = rproc_by_endpoint(from);

	if (rp == NULL)
		return;
	rp->ping_sent = 0;
	rp->last_alive = rs_now();
}
