/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The predefined callbacks: for each event one that is in force by default,
 * one that does nothing, and one that fails.
 */
#include "lib/sef/sef_private.h"

#include <lacuna/printf.h>
#include <lacuna/syslib.h>

/* An event that should not have come: RS finds out why it did. */
static _Noreturn void
refuse(const char *event)
{
	printf("%s: cannot take %s\n", sef_state.name, event);
	sef_exit(-ENOSYS);
}

int
sef_cb_init_null(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return OK;
}

int
sef_cb_init_fail(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return -ENOSYS;
}

int
sef_cb_init_crash(int type, const struct sef_init_info *info)
{
	volatile char *volatile nowhere = (volatile char *)16;

	(void)type, (void)info;
	*nowhere = 1;
	return OK;
}

int
sef_cb_init_timeout(int type, const struct sef_init_info *info)
{
	struct message never;

	(void)type, (void)info;
	for (;;) /* nobody has that source */
		(void)ipc_receive(HARDWARE, &never, NULL);
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
sef_cb_ping_reply_fail(endpoint_t source)
{
	(void)source;
	refuse("a ping");
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

void
sef_cb_signal_handler_fail(int signo)
{
	(void)signo;
	refuse("a signal");
}

int
sef_cb_signal_manager_null(endpoint_t target, int signo)
{
	(void)target, (void)signo;
	return OK;
}

int
sef_cb_signal_manager_fail(endpoint_t target, int signo)
{
	(void)target, (void)signo;
	refuse("a signal of another process");
}

void
sef_cb_alarm_work(clock_ticks now)
{
	(void)now;
}

void
sef_cb_alarm_null(clock_ticks now)
{
	(void)now;
}

void
sef_cb_alarm_fail(clock_ticks now)
{
	(void)now;
	refuse("an alarm");
}

void
sef_cb_dump_counters(void)
{
	printf("%s: %u messages, %u pings, %u signals, %u alarms\n",
	    sef_state.name, (unsigned)sef_state.messages,
	    (unsigned)sef_state.pings, (unsigned)sef_state.signals,
	    (unsigned)sef_state.alarms);
}

void
sef_cb_dump_null(void)
{
}

void
sef_cb_dump_fail(void)
{
	refuse("a request for a dump");
}
