/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The initialisation protocol, seen from RS. This file is yours to write: what
 * each function must do is said in servers/rs/init.h. Until then RS asks each
 * service to initialise, takes it for ready at once, and agrees with whatever
 * it reports.
 */
#include "servers/rs/init.h"

#include <lacuna/server.h>
#include <proto/sef.h>

#include "servers/rs/boot_order.h"
#include "servers/rs/death.h"
#include "servers/rs/publish.h"
#include "servers/rs/rs.h"

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
	rs_send(rp->pub->endpoint, RS_INIT, &init, sizeof init);
	rp->flags &= ~(uint32_t)RF_REFRESHING;
	if (!boot_busy())
		service_publish(rp);
	caller_answer(rp, OK);
}

void
init_report(const struct message *m, int status)
{
	if (IPC_STATUS_CALL(status) == SENDREC)
		server_reply(m->m_source, OK, NULL, 0);
}

void
init_died(struct rproc *rp)
{
	(void)rp;
}

bool
init_expired(struct rproc *rp, clock_ticks now)
{
	(void)rp, (void)now;
	return false;
}
