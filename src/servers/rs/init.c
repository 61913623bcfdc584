/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The initialisation protocol, seen from RS. A service is asked by an
 * asynchronous RS_INIT, reports by a SENDREC, and goes on when RS has
 * recorded a success. A service that reports a failure, dies, or says nothing
 * in time at its first start goes down for good: it would fail again. For one
 * that has worked before it is a failure like others, and its policy decides;
 * unless it says that it cannot be started again at all.
 */
#include "servers/rs/init.h"

#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

#include "servers/rs/boot_order.h"
#include "servers/rs/death.h"
#include "servers/rs/publish.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"

#define INIT_T (10 * sys_hz()) /* time to initialise, in ticks */

void
init_request(struct rproc *rp, int init_type)
{
	struct rs_init_msg init = { .type = init_type };

	init.rproctab_gid = publish_table_grant();
	init.endpoint = rp->pub->endpoint;
	init.old_endpoint = rp->old_endpoint;
	init.restarts = rp->restarts;
	init.keep_gid = keep_gid(rp);
	init.keep_size = rp->keep.size;
	rp->flags |= RF_INITIALIZING;
	rp->init_deadline = rs_time(rs_now() + INIT_T);
	rs_send(rp->pub->endpoint, RS_INIT, &init, sizeof init);
}

void
init_report(const struct message *m, int status)
{
	struct rproc *rp = rproc_by_endpoint(m->m_source);
	struct rs_init_msg init;

	if (rp == NULL || !(rp->flags & RF_INITIALIZING)) {
		if (IPC_STATUS_CALL(status) == SENDREC)
			server_reply(m->m_source, -EPERM, NULL, 0);
		return;
	}
	memcpy(&init, m->m_body, sizeof init);
	if (init.result != OK) {
		/* It has never worked, or says that it never can again. */
		if (rp->restarts == 0 || init.result == -ENOSYS)
			rp->flags |= RF_EXITING;
		service_terminate(rp, "failed to initialise", init.result);
		return;
	}
	rp->flags &= ~(uint32_t)(RF_INITIALIZING | RF_REFRESHING);
	rp->init_deadline = 0;
	rp->last_alive = rs_now();
	rs_tell(rp->pub->label, "is ready");
	server_reply(m->m_source, OK, NULL, 0);
	if (!boot_busy())
		service_publish(rp);
	caller_answer(rp, OK);
	boot_step();
}

void
init_died(struct rproc *rp)
{
	if (rp->flags & RF_INITIALIZING && rp->restarts == 0)
		rp->flags |= RF_EXITING;
}

bool
init_expired(struct rproc *rp, clock_ticks now)
{
	if (!supervise_overdue(&rp->overdue, rp->init_deadline, now))
		return false;
	init_died(rp);
	service_terminate(rp, "does not initialise", -ETIMEDOUT);
	return true;
}
