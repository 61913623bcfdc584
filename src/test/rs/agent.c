/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that behaves as its argument says: ok, fail, crash, hang or wait
 * for nobody when it is asked to initialise, deaf to pings, stubborn when
 * asked to end, quit or die a little later; blame complains of log, of which
 * it is no user; loop makes another service, whose endpoint is the second
 * argument, go round in a circle from its next message on; stop stops it a
 * little later, pause for a second only, and stab kills it after that second.
 */
#include <abi/ptrace.h>
#include <abi/signal.h>
#include <lacuna/msgcall.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <lacuna/sysproc.h>
#include <proto/rs.h>

PROTO_STUB(RS_LOOKUP, rs_lookup)

#define LATER 10     /* ticks */
#define LOOP  0xfeeb /* jmp to itself */
#define ROOM  64     /* bytes below a stack that nobody uses */

static const char *mode = "ok";
static endpoint_t victim;

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

/* Let a service go no further when it has got its next message: an endless
 * loop is put below its stack. Of VM no other memory can be written at once. */
static int
loop_set(void)
{
	uint32_t at, word = LOOP;
	int r;

	r = sys_trace(victim, T_GETUSER, offsetof(struct trace_user, regs.esp),
	    &at);
	at = (at & ~3u) - ROOM;
	if (r == OK)
		r = sys_trace(victim, T_SETDATA, at, &word);
	if (r == OK)
		r = sys_trace(victim, T_SETUSER,
		    offsetof(struct trace_user, regs.eip), &at);
	return r;
}

/* The number at the beginning of a text. */
static int
number(const char *s)
{
	int n = 0;

	while (*s >= '0' && *s <= '9')
		n = n * 10 + (*s++ - '0');
	return n;
}

static bool
is_about_to_stop(void)
{
	return is("stop") || is("pause") || is("stab");
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
	if (is("loop"))
		return loop_set();
	if (is("quit") || is("die") || is("blame") || is_about_to_stop())
		return sys_setalarm(LATER, NULL);
	return OK;
}

/* Stop the victim; the second time, say what comes of that. */
static void
stop_or_go_on(void)
{
	static bool stopped;

	if (!stopped)
		(void)sys_stop(victim); /* the test sees whether it worked */
	else if (is("pause"))
		(void)sys_resume(victim);
	else if (is("stab"))
		(void)sys_kill(victim, SIGSEGV);
	if (!stopped)
		(void)sys_setalarm(sys_hz(), NULL);
	stopped = true;
}

static void
alarm(clock_ticks now)
{
	(void)now;
	if (is("quit"))
		sef_exit(7);
	if (is_about_to_stop()) {
		stop_or_go_on();
		return;
	}
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
	if (argc > 2)
		victim = number(argv[2]);
	if (is("deaf"))
		sef_setcb_ping_reply(sef_cb_ping_reply_null);
	return server_run(&agent);
}
