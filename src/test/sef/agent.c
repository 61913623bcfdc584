/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See test/sef/agent.h. */
#include "test/sef/agent.h"

#include <abi/endpoint.h>
#include <abi/signal.h>
#include <lacuna/asynsend.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/is.h>

#define SOON 3 /* ticks */

static const char *event = "none", *form = "none";
static struct agent_counts counts;

static bool
is(const char *e, const char *f)
{
	return strcmp(event, e) == 0 && strcmp(form, f) == 0;
}

static void
on_ping(endpoint_t source)
{
	counts.pings++;
	sef_cb_ping_reply_pong(source);
}

static void
on_signal(int signo)
{
	counts.signals++;
	counts.signo = signo;
	if (signo == SIGTERM)
		sef_exit(OK);
}

static void
on_alarm(clock_ticks now)
{
	(void)now;
	counts.alarms++;
}

static void
on_dump(void)
{
	counts.dumps++;
}

static int
init_late(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	sef_setcb_dump(on_dump);
	return OK;
}

static void
dump_ask(const struct message *m)
{
	struct agent_dump to;
	struct message dump = { .m_type = IS_DUMP };

	memcpy(&to, m->m_body, sizeof to);
	(void)asynsend3(to.ep, &dump, AMF_NOREPLY); /* the test looks */
}

static void
request(const struct message *m)
{
	int r = OK;

	if (m->m_type == AGENT_ALARM)
		r = sys_setalarm(SOON, NULL);
	else if (m->m_type == AGENT_DUMP)
		dump_ask(m);
	server_reply(m->m_source, r, &counts, sizeof counts);
}

static void
set_init(void)
{
	if (is("fresh", "null"))
		sef_setcb_init_fresh(SEF_CB_INIT_FRESH_NULL);
	if (is("fresh", "fail"))
		sef_setcb_init_fresh(SEF_CB_INIT_FRESH_FAIL);
	if (is("fresh", "crash"))
		sef_setcb_init_fresh(sef_cb_init_crash);
	if (is("fresh", "timeout"))
		sef_setcb_init_fresh(sef_cb_init_timeout);
	if (is("setter", "late"))
		sef_setcb_init_fresh(init_late);
	if (strcmp(event, "restart") != 0)
		sef_setcb_init_restart(SEF_CB_INIT_RESTART_NULL);
	if (is("restart", "null"))
		sef_setcb_init_restart(SEF_CB_INIT_RESTART_NULL);
	if (is("restart", "fail"))
		sef_setcb_init_restart(SEF_CB_INIT_RESTART_FAIL);
}

static void
set_ping(void)
{
	if (is("ping", "own"))
		sef_setcb_ping_reply(on_ping);
	if (is("ping", "null"))
		sef_setcb_ping_reply(SEF_CB_PING_REPLY_NULL);
	if (is("ping", "fail"))
		sef_setcb_ping_reply(SEF_CB_PING_REPLY_FAIL);
}

static void
set_signal(void)
{
	if (is("signal", "own"))
		sef_setcb_signal_handler(on_signal);
	if (is("signal", "null"))
		sef_setcb_signal_handler(SEF_CB_SIGNAL_HANDLER_NULL);
	if (is("signal", "fail"))
		sef_setcb_signal_handler(SEF_CB_SIGNAL_HANDLER_FAIL);
}

static void
set_alarm(void)
{
	if (is("alarm", "own"))
		sef_setcb_alarm(on_alarm);
	if (is("alarm", "null"))
		sef_setcb_alarm(SEF_CB_ALARM_NULL);
	if (is("alarm", "fail"))
		sef_setcb_alarm(SEF_CB_ALARM_FAIL);
}

static void
set_dump(void)
{
	if (is("dump", "own"))
		sef_setcb_dump(on_dump);
	if (is("dump", "null"))
		sef_setcb_dump(SEF_CB_DUMP_NULL);
	if (is("dump", "fail"))
		sef_setcb_dump(SEF_CB_DUMP_FAIL);
	if (is("setter", "none"))
		sef_setcb_dump(NULL);
}

/* A loop of its own: server_run() has a say in some events. */
int
main(int argc, char *argv[])
{
	struct message m;
	int status;

	if (argc > 2) {
		event = argv[1];
		form = argv[2];
	}
	set_init();
	set_ping();
	set_signal();
	set_alarm();
	set_dump();
	sef_startup();
	for (;;) {
		if (sef_receive_status(ANY, &m, &status) != OK)
			continue;
		if (!is_ipc_notify(status))
			request(&m);
		else if (m.m_source == CLOCK)
			counts.work++;
	}
}
