/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The receive loop: events are handled here, the rest is work. Each test asks
 * how and from whom a message came, which the kernel vouches for, before it
 * looks at the type, which the sender chose.
 */
#include "lib/sef/sef_private.h"

#include <lacuna/sef_lu.h>
#include <lacuna/string.h>
#include <proto/is.h>
#include <proto/sef.h>

/* Handle a notification. Returns false if it is work. */
static bool
on_notify(const struct message *m)
{
	struct notify_msg n;

	memcpy(&n, m->m_body, sizeof n);
	if (m->m_source == RS_PROC_NR) {
		sef_state.pings++;
		sef_state.ping_reply(m->m_source);
		return true;
	}
	if (m->m_source == SYSTEM) {
		sef_signal_set(n.sigset);
		return true;
	}
	if (m->m_source == CLOCK && sef_state.alarm != sef_cb_alarm_work) {
		sef_state.alarms++;
		sef_state.alarm(n.timestamp);
		return true;
	}
	return false;
}

/* Handle a message of RS or PM. Returns false if it is work. */
static bool
on_manager(const struct message *m)
{
	struct sigs_signal_msg sig;

	switch (m->m_type) {
	case RS_INIT: /* meant for a previous instance */
		return m->m_source == RS_PROC_NR;
	case RS_LU_PREPARE:
		if (m->m_source != RS_PROC_NR)
			return false;
		sef_lu_prepare(m);
		return true;
	case SIGS_SIGNAL_RECEIVED:
		memcpy(&sig, m->m_body, sizeof sig);
		sef_state.signals++;
		sef_state.signal_handler(sig.signo);
		return true;
	default:
		return false;
	}
}

/* Handle an event. Returns false if the message is none. */
static bool
on_event(const struct message *m, int status)
{
	if (is_ipc_notify(status))
		return on_notify(m);
	if ((unsigned)status & IPC_FLG_MSG_FROM_KERNEL)
		return false;
	if (m->m_source == RS_PROC_NR || m->m_source == PM_PROC_NR)
		return on_manager(m);
	if (m->m_type == IS_DUMP && IPC_STATUS_CALL(status) == SENDA) {
		sef_state.dump();
		return true;
	}
	return false;
}

/* Receive work; handle events on the way. At the top, where no request is half
 * done, the service may be ready for an update before each of them. */
static int
work_receive(endpoint_t src, struct message *m, int *status, bool top)
{
	int r, how;

	for (;;) {
		if (top && sef_state.lu_state != SEF_LU_STATE_NULL)
			sef_lu_step();
		r = ipc_receive(src, m, &how);
		if (r != OK)
			return r;
		if (!on_event(m, how))
			break;
		if (sef_state.cancelled) {
			sef_state.cancelled = false;
			return -EINTR;
		}
	}
	sef_state.messages++;
	if (status != NULL)
		*status = how;
	return OK;
}

int
sef_receive_status(endpoint_t src, struct message *m, int *status)
{
	return work_receive(src, m, status, false);
}

int
sef_receive_top(struct message *m, int *status)
{
	return work_receive(ANY, m, status, true);
}
