/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * RS's loop: which message goes to which room.
 */
#include <lacuna/server.h>
#include <proto/pm_rs.h>
#include <proto/sef.h>

#include "servers/rs/boot.h"
#include "servers/rs/client.h"
#include "servers/rs/complain.h"
#include "servers/rs/death.h"
#include "servers/rs/dump.h"
#include "servers/rs/init.h"
#include "servers/rs/pm.h"
#include "servers/rs/publish.h"
#include "servers/rs/shutdown.h"
#include "servers/rs/supervise.h"
#include "servers/rs/update.h"

static bool
is_pm_answer(const struct message *m)
{
	return m->m_source == PM_PROC_NR &&
	    m->m_type >= PM_RS_REPLY(PM_RS_BASE) &&
	    m->m_type < PM_RS_REPLY(PM_RS_END);
}

static void
on_message(const struct message *m, int status)
{
	if (client_request(m))
		return;
	if (is_pm_answer(m))
		pm_answer(m);
	else if (m->m_type == RS_INIT)
		init_report(m, status);
	else if (m->m_type == RS_EXIT)
		death_exit(m);
	else if (m->m_type == RS_COMPLAIN)
		complain_take(m, status);
	else if (m->m_type == RS_LU_PREPARE)
		update_report(m, status);
	else if (IPC_STATUS_CALL(status) == SENDREC)
		server_reply(m->m_source, -ENOSYS, NULL, 0);
	else if (!shutdown_answer(m))
		publish_answer(m);
}

static const struct server rs_server = {
	.name = "rs",
	.init_fresh = boot_start,
	.signal = shutdown_signal,
	.signal_manager = death_signal,
	.alarm = supervise,
	.notified = supervise_pong,
	.dump = rs_dump,
	.other = on_message,
};

int
main(void)
{
	return server_run(&rs_server);
}
