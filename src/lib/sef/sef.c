/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The callbacks in force, and the predefined ones.
 */
#include "lib/sef/sef_private.h"

#include <lacuna/assert.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

struct sef_state sef_state = {
	.self = NONE,
	.name = "?",
	.init_fresh = sef_cb_init_null,
	.init_restart = sef_cb_init_restart_fail,
	.init_lu = sef_cb_init_lu_restart,
	.ping_reply = sef_cb_ping_reply_pong,
	.signal_handler = sef_cb_signal_handler_term,
	.signal_manager = sef_cb_signal_manager_null,
	.dump = sef_cb_dump_counters,
};

void
sef_setcb_init_fresh(sef_cb_init_t cb)
{
	assert(cb != NULL);
	sef_state.init_fresh = cb;
}

void
sef_setcb_init_restart(sef_cb_init_t cb)
{
	assert(cb != NULL);
	sef_state.init_restart = cb;
}

void
sef_setcb_init_lu(sef_cb_init_t cb)
{
	assert(cb != NULL);
	sef_state.init_lu = cb;
}

void
sef_setcb_ping_reply(sef_cb_ping_reply_t cb)
{
	assert(cb != NULL);
	sef_state.ping_reply = cb;
}

void
sef_setcb_signal_handler(sef_cb_signal_handler_t cb)
{
	assert(cb != NULL);
	sef_state.signal_handler = cb;
}

void
sef_setcb_signal_manager(sef_cb_signal_manager_t cb)
{
	assert(cb != NULL);
	sef_state.signal_manager = cb;
}

void
sef_setcb_alarm(sef_cb_alarm_t cb)
{
	assert(cb != NULL);
	sef_state.alarm = cb;
}

void
sef_setcb_dump(sef_cb_dump_t cb)
{
	assert(cb != NULL);
	sef_state.dump = cb;
}

int
sef_cb_init_null(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return OK;
}

int
sef_cb_init_restart_fail(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return -ENOSYS;
}

void
sef_cb_ping_reply_null(endpoint_t source)
{
	(void)source;
}

void
sef_cb_ping_reply_pong(endpoint_t source)
{
	(void)ipc_notify(source); /* if it is dead, it needs no answer */
}

void
sef_cb_signal_handler_null(int signo)
{
	(void)signo;
}

void
sef_cb_signal_handler_term(int signo)
{
	if (signo == SIGTERM)
		sef_exit(0);
}

int
sef_cb_signal_manager_null(endpoint_t target, int signo)
{
	(void)target, (void)signo;
	return OK;
}

void
sef_cb_dump_counters(void)
{
	printf("%s: %u messages, %u pings, %u signals, %u alarms\n",
	    sef_state.name, (unsigned)sef_state.messages,
	    (unsigned)sef_state.pings, (unsigned)sef_state.signals,
	    (unsigned)sef_state.alarms);
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
