/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Once a period RS looks at the clocks of every service: time to initialise,
 * to end, to answer a ping, to be started again. A service that does not
 * answer is ended when more than two of its periods have passed since its
 * last sign of life.
 */
#include "servers/rs/supervise.h"

#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#include "servers/rs/death.h"
#include "servers/rs/init.h"
#include "servers/rs/revive.h"
#include "servers/rs/rs.h"
#include "servers/rs/table.h"

/* Ping a service that is due, end one that does not answer. */
static void
heartbeat(struct rproc *rp, clock_ticks now)
{
	if (rp->ping_sent != 0) {
		if (rs_passed(rp->last_alive + 2 * rp->period, now))
			service_terminate(rp, "does not answer", -EIO);
	} else if (rs_passed(rp->last_alive + rp->period, now)) {
		rp->ping_sent = now;
		(void)ipc_notify(rp->pub->endpoint); /* dead: RS hears of it */
	}
}

/* Look after one service. At most one thing happens to it in one period. */
static void
supervise_one(struct rproc *rp, clock_ticks now)
{
	if (rp->pub->endpoint == NONE) {
		revive_step(rp);
	} else if (rs_passed(rp->stop_deadline, now)) {
		service_terminate(rp, "does not end", OK);
	} else if (!init_expired(rp, now) && rp->period > 0 && !(rp->flags & RF_INITIALIZING)) {
		heartbeat(rp, now);
	}
}

void
supervise_start(void)
{
	int r = sys_setalarm(RS_DELTA_T, NULL);

	if (r != OK)
		panic("cannot set the alarm: %d", r);
}

void
supervise(clock_ticks now)
{
	struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE)
			supervise_one(rp, now);
	supervise_start();
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
