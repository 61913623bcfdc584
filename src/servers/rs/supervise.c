/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Once a period RS looks at the clocks of every service: time to initialise,
 * to end, to be ready for an update, to answer a ping, to be started again. A
 * service has a period to answer a ping, and the next is sent a period after
 * its last sign of life.
 *
 * The clock's notification comes before all that waits for RS. What a service
 * has sent in time may therefore not have been seen yet, so a verdict needs
 * two looks: a missed deadline is noted, and the service ended if it is still
 * missed a moment later. A look that comes late has found RS at other work,
 * and RS has seen nothing meanwhile: it only notes. On the way down nobody is
 * pinged: each step has a limit of its own. A service that a debugger has
 * stopped is neither slow nor broken, and can do nothing in time: what it
 * would miss is put off.
 */
#include "servers/rs/supervise.h"

#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#include "servers/rs/boot_order.h"
#include "servers/rs/client.h"
#include "servers/rs/death.h"
#include "servers/rs/init.h"
#include "servers/rs/pm.h"
#include "servers/rs/revive.h"
#include "servers/rs/rs.h"
#include "servers/rs/shutdown.h"
#include "servers/rs/table.h"
#include "servers/rs/update.h"

#define AGAIN_T      (RS_DELTA_T / 10 + 1) /* from one look to the second */
#define LATE_T       2                     /* ticks; RS was ready to listen */
#define INIT_AGAIN_T (10 * sys_hz())       /* to initialise, after a stop */

static clock_ticks look_time; /* of the next look */
static bool late;             /* this one is */
static bool again;            /* somebody needs a second look */

bool
supervise_overdue(clock_ticks *missed, clock_ticks deadline, clock_ticks now)
{
	if (!rs_passed(deadline, now))
		return false;
	if (*missed == deadline && !late)
		return true;
	*missed = deadline;
	again = true;
	return false;
}

/* Ping a service that is due, end one that does not answer. */
static void
heartbeat(struct rproc *rp, clock_ticks now)
{
	if (rp->ping_sent == 0) {
		if (!rs_passed(rs_time(rp->last_alive + rp->period), now))
			return;
		rp->ping_sent = rs_time(now);
		(void)ipc_notify(rp->pub->endpoint); /* dead: RS hears of it */
	} else if (supervise_overdue(&rp->overdue,
		       rs_time(rp->ping_sent + rp->period), now)) {
		service_terminate(rp, "does not answer", -EIO);
	}
}

bool
supervise_debugged(const struct rproc *rp)
{
	struct proc_info info;

	return sys_getproc(&info, rp->pub->endpoint) == OK &&
	    (info.rts_flags & RTS_P_STOP) != 0;
}

/* Has a service now missed what it would have done, had its debugger not
 * stopped it? Then it has all of the time once more. */
static bool
put_off(struct rproc *rp, clock_ticks now)
{
	const bool init = rs_passed(rp->init_deadline, now);
	const bool ping = rp->ping_sent != 0 &&
	    rs_passed(rs_time(rp->ping_sent + rp->period), now);

	if ((!init && !ping) || !supervise_debugged(rp))
		return false;
	if (init)
		rp->init_deadline = rs_time(now + INIT_AGAIN_T);
	if (ping)
		rp->ping_sent = rs_time(now);
	return true;
}

/* Is a service to answer pings? During the boot it may not run yet. */
static bool
is_pinged(const struct rproc *rp)
{
	if (rp->period == 0 || rs_going_down ||
	    rp->flags & (RF_INITIALIZING | RF_UPDATING))
		return false;
	return !(rp->flags & RF_BOOT) || (rs_pings && !boot_busy());
}

/* Look after one service. At most one thing happens to it in one look. */
static void
supervise_one(struct rproc *rp, clock_ticks now)
{
	if (rp->step != STEP_NONE)
		pm_supervise(rp, now);
	else if (rp->pub->endpoint == NONE)
		revive_step(rp, now);
	else if (supervise_overdue(&rp->overdue, rp->stop_deadline, now))
		service_terminate(rp, "does not end", -EINTR);
	else if (!put_off(rp, now) && !init_expired(rp, now) &&
	    !update_expired(rp, now) && is_pinged(rp))
		heartbeat(rp, now);
}

/* Have the clock wake us. */
static void
look_after(clock_ticks delay)
{
	int r = sys_setalarm(delay, NULL);

	if (r != OK)
		panic("cannot set the alarm: %d", r);
	look_time = rs_now() + delay;
}

void
supervise_start(void)
{
	look_after(RS_DELTA_T);
}

void
supervise(clock_ticks now)
{
	struct rproc *rp;

	late = rs_passed(look_time + LATE_T, now);
	again = false;
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE)
			supervise_one(rp, now);
	client_supervise(now);
	shutdown_step(now);
	look_after(again ? AGAIN_T : RS_DELTA_T);
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
