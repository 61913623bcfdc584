/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that behaves as its argument says: ok, fail, crash, hang or wait
 * for nobody when it is asked to initialise, deaf to pings, stubborn when
 * asked to end, quit or die a little later; blame complains of log, of which
 * it is no user.
 */
#include <abi/signal.h>
#include <lacuna/msgcall.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

PROTO_STUB(RS_LOOKUP, rs_lookup)

#define LATER 10 /* ticks */

static const char *mode = "ok";

static bool
is(const char *word)
{
	return strcmp(mode, word) == 0;
}

/* Touch memory that nobody has. */
static void
crash(void)
{
	volatile char *volatile nowhere = (volatile char *)16;

	*nowhere = 1;
}

/* Complain of log, now and again. */
static void
blame(void)
{
	struct rs_lookup_req req = { "log" };
	struct rs_lookup_rep rep;

	if (call_rs_lookup(RS_PROC_NR, &req, &rep) == OK)
		sef_complain(rep.ep, SEF_BAD_STATUS);
	(void)sys_setalarm(LATER, NULL);
}

static int
init(int type, const struct sef_init_info *info)
{
	struct message never;

	(void)type, (void)info;
	if (is("fail"))
		return -EIO;
	if (is("crash"))
		crash();
	while (is("hang"))
		;
	if (is("wait"))
		(void)ipc_receive(HARDWARE, &never, NULL);
	if (is("quit") || is("die") || is("blame"))
		return sys_setalarm(LATER, NULL);
	return OK;
}

static void
alarm(clock_ticks now)
{
	(void)now;
	if (is("quit"))
		sef_exit(7);
	if (!is("blame"))
		crash();
	blame();
}

static void
signal(int signo)
{
	if (signo == SIGTERM && !is("stubborn"))
		sef_exit(0);
}

int
main(int argc, char *argv[])
{
	static const struct server agent = {
		.name = "rs-agent",
		.init_fresh = init,
		.init_restart = init,
		.alarm = alarm,
		.signal = signal,
	};

	if (argc > 1)
		mode = argv[1];
	if (is("deaf"))
		sef_setcb_ping_reply(sef_cb_ping_reply_null);
	return server_run(&agent);
}
