/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The callbacks in force, and who the service is.
 */
#include "lib/sef/sef_private.h"

#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

struct sef_state sef_state = {
	.self = NONE,
	.name = "?",
	.init_fresh = SEF_CB_INIT_FRESH_DEFAULT,
	.init_restart = SEF_CB_INIT_RESTART_DEFAULT,
	.init_lu = SEF_CB_INIT_LU_DEFAULT,
	.ping_reply = SEF_CB_PING_REPLY_DEFAULT,
	.signal_handler = SEF_CB_SIGNAL_HANDLER_DEFAULT,
	.signal_manager = SEF_CB_SIGNAL_MANAGER_DEFAULT,
	.alarm = SEF_CB_ALARM_DEFAULT,
	.dump = SEF_CB_DUMP_DEFAULT,
};

void
sef_setcb_init_fresh(sef_cb_init_t cb)
{
	sef_callback_check(cb != NULL);
	sef_state.init_fresh = cb;
}

void
sef_setcb_init_restart(sef_cb_init_t cb)
{
	sef_callback_check(cb != NULL);
	sef_state.init_restart = cb;
}

void
sef_setcb_init_lu(sef_cb_init_t cb)
{
	sef_callback_check(cb != NULL);
	sef_state.init_lu = cb;
}

void
sef_setcb_ping_reply(sef_cb_ping_reply_t cb)
{
	sef_callback_check(cb != NULL);
	sef_state.ping_reply = cb;
}

void
sef_setcb_signal_handler(sef_cb_signal_handler_t cb)
{
	sef_callback_check(cb != NULL);
	sef_state.signal_handler = cb;
}

void
sef_setcb_signal_manager(sef_cb_signal_manager_t cb)
{
	sef_callback_check(cb != NULL);
	sef_state.signal_manager = cb;
}

void
sef_setcb_alarm(sef_cb_alarm_t cb)
{
	sef_callback_check(cb != NULL);
	sef_state.alarm = cb;
}

void
sef_setcb_dump(sef_cb_dump_t cb)
{
	sef_callback_check(cb != NULL);
	sef_state.dump = cb;
}

endpoint_t
sef_self(void)
{
	return sef_state.self;
}

const char *
sef_name(void)
{
	return sef_state.name;
}

void
sef_cancel(void)
{
	sef_state.cancelled = true;
}

void
sef_exit(int status)
{
	struct rs_exit_msg end = { .status = status };
	struct message m;

	memset(&m, 0, sizeof m);
	m.m_type = RS_EXIT;
	memcpy(m.m_body, &end, sizeof end);
	(void)ipc_sendrec(RS_PROC_NR, &m);
	sys_exit(); /* RS would not listen */
}
