/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * RS's loop: which message goes to which room.
 */
#include <lacuna/server.h>
#include <proto/sef.h>

#include "servers/rs/boot.h"
#include "servers/rs/complain.h"
#include "servers/rs/death.h"
#include "servers/rs/init.h"
#include "servers/rs/publish.h"
#include "servers/rs/request.h"
#include "servers/rs/supervise.h"
#include "servers/rs/update.h"

RS_CALLS(PROTO_UNPACK)

static const struct call_entry calls[] = { RS_CALLS(PROTO_ENTRY) };

/* Everything that is no request of a client. */
static void
on_other(const struct message *m, int status)
{
	if (m->m_type == RS_INIT)
		init_report(m, status);
	else if (m->m_type == RS_EXIT)
		death_exit(m);
	else if (m->m_type == RS_COMPLAIN)
		complain_take(m, status);
	else if (m->m_type == RS_LU_PREPARE)
		update_report(m, status);
	else if (IPC_STATUS_CALL(status) == SENDREC)
		server_reply(m->m_source, -ENOSYS, NULL, 0);
	else
		publish_answer(m);
}

static const struct server rs_server = {
	.name = "rs",
	.base = RS_BASE,
	.ncalls = sizeof calls / sizeof calls[0],
	.calls = calls,
	.init_fresh = boot_start,
	.signal = sef_cb_signal_handler_null,
	.signal_manager = death_signal,
	.alarm = supervise,
	.notified = supervise_pong,
	.other = on_other,
};

int
main(void)
{
	return server_run(&rs_server);
}
