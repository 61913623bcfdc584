/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Live update as a controlled failure. The service is asked to get ready, by an
 * asynchronous RS_LU_PREPARE; it reports by a SENDREC. One that is ready waits
 * there until it is ended, and is started again as after a refresh. It learns
 * from the type of its initialisation that its predecessor has ended in good
 * order, and looks for what that has saved; if it fails, the service is started
 * once more as after a crash. Any other outcome - not supported, not saved,
 * dead, too late - leaves the service as it was.
 *
 * The next instance may run a new program. It is kept beside the old one until
 * it has initialised: if it does not, the old one is what is started again.
 *
 * A report says which update it is of: one that comes too late is refused, not
 * taken for that of the next.
 */
#include "servers/rs/update.h"

#include <lacuna/printf.h>
#include <lacuna/sef_lu.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

#include "servers/rs/death.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"

#define DEFAULT_T (2 * RS_DELTA_T)

/* Of the update under way: the new program, once it is started the old one. */
static struct {
	struct image image; /* size 0: there is none */
	bool started;
} other;

/* Fetch a new program, if there is one, and see whether it is any. */
static int
program_fetch(endpoint_t who, const struct rs_update_req *req)
{
	int r;

	other.started = false;
	other.image.size = 0;
	if (req->image_size == 0)
		return OK;
	r = image_copy(&other.image, who, req->image, req->image_size);
	if (r != OK)
		return r;
	r = image_check(&other.image);
	if (r != OK)
		image_free(&other.image);
	return r;
}

/* From now on the service runs the other program. */
static void
program_swap(struct rproc *rp)
{
	const struct image image = rp->image;

	if (other.image.size == 0)
		return;
	rp->image = other.image;
	other.image = image;
	other.started = !other.started;
}

/* The update is over: keep the program that works, forget the other. */
static void
program_settle(struct rproc *rp, int result)
{
	if (other.started && result != OK)
		program_swap(rp);
	if (other.image.size != 0)
		image_free(&other.image);
}

static void
prepare_send(const struct rproc *rp, int32_t state, uint32_t flags)
{
	struct rs_lu_msg lu = { .state = state,
		.id = rp->lu_id,
		.flags = flags };

	rs_send(rp->pub->endpoint, RS_LU_PREPARE, &lu, sizeof lu);
}

/* Is any service being updated? */
static bool
update_busy(void)
{
	const struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_UPDATING)
			return true;
	return false;
}

int
update_begin(struct rproc *rp, endpoint_t who, const struct rs_update_req *req)
{
	static uint32_t updates;
	const bool dump = rs_verbose || req->flags & RSU_DUMP;
	int r;

	if (req->state <= SEF_LU_STATE_NULL ||
	    req->max_ticks > RS_UPDATE_MAX * sys_hz())
		return -EINVAL;
	if (rs_shutting_down)
		return -ESHUTDOWN;
	if (update_busy())
		return -EBUSY;
	if (rp->pub->endpoint == NONE)
		return -EAGAIN;
	r = program_fetch(who, req);
	if (r != OK)
		return r;
	rp->flags |= RF_UPDATING;
	rp->caller = who;
	rp->lu_id = ++updates;
	rp->lu_state = req->state;
	rp->lu_deadline = rs_time(
	    rs_now() + (req->max_ticks != 0 ? req->max_ticks : DEFAULT_T));
	prepare_send(rp, req->state, dump ? RS_LU_DUMP : 0);
	return EDONTREPLY;
}

bool
update_prepares(const struct rproc *rp)
{
	return (rp->flags & (RF_UPDATING | RF_REPLACING)) == RF_UPDATING;
}

void
update_end(struct rproc *rp, int result)
{
	if (!(rp->flags & RF_UPDATING))
		return;
	if (result != OK)
		printf("rs: no update of %s: %d\n", rp->pub->label, result);
	rp->flags &= ~(uint32_t)(RF_UPDATING | RF_REPLACING);
	program_settle(rp, result);
	rp->updates++;
	rp->lu_result = result;
	rp->lu_deadline = rp->ping_sent = 0; /* pings go on from here */
	rp->last_alive = rs_now();
}

/* End a service that is ready; death.c starts the next. */
static void
replace(struct rproc *rp)
{
	if (rs_verbose)
		printf("rs: %s is ready for its update\n", rp->pub->label);
	program_swap(rp);
	rp->lu_deadline = 0;
	rp->flags |= RF_REPLACING | RF_REFRESHING;
	service_terminate(rp, NULL, OK);
}

/* Is this what we wait for? */
static bool
expected(const struct rproc *rp, const struct rs_lu_msg *lu)
{
	return update_prepares(rp) && lu->id == rp->lu_id &&
	    lu->state == rp->lu_state;
}

void
update_report(const struct message *m, int status)
{
	struct rproc *rp = rproc_by_endpoint(m->m_source);
	struct rs_lu_msg lu;

	if (IPC_STATUS_CALL(status) != SENDREC)
		return; /* it does not wait, so it is not ready */
	if (rp == NULL) {
		server_reply(m->m_source, -EPERM, NULL, 0);
		return;
	}
	memcpy(&lu, m->m_body, sizeof lu);
	if (!expected(rp, &lu)) {
		server_reply(m->m_source, -EINVAL, NULL, 0);
		return;
	}
	if (lu.result == OK && rs_shutting_down)
		lu.result = -ESHUTDOWN; /* there would be no next */
	if (lu.result == OK) {
		replace(rp);
		return;
	}
	caller_answer(rp, lu.result < 0 ? lu.result : -EPROTO);
	server_reply(m->m_source, OK, NULL, 0);
}

bool
update_expired(struct rproc *rp, clock_ticks now)
{
	if (!supervise_overdue(&rp->overdue, rp->lu_deadline, now))
		return false;
	prepare_send(rp, SEF_LU_STATE_NULL, 0);
	caller_answer(rp, -ETIMEDOUT);
	return true;
}
