/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Starting, going on, ending. Proves: F10 (gdb over a line). */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/gdbstub/breaks.h"
#include "cmd/gdbstub/test/session.h"
#include "cmd/gdbstub/watch.h"

#include <abi/signal.h>

static void
test_stop_at_a_breakpoint(void **state)
{
	(void)state;
	(void)ask("qSupported:swbreak+");
	answers("Z0,1802,1", "OK");
	fake.regs[REG_EIP] = 0x1803; /* where the trap leads to */
	answers("c",
	    "T0504:04332211;05:05332211;08:02180000;thread:7;swbreak:;");
	assert_int_equal(fake.regs[REG_EIP], 0x1802);
	assert_int_equal(fake.resumed, 1);
	/* A debugger that has not asked for it finds out itself. */
	session_setup(NULL);
	answers("Z0,1802,1", "OK");
	fake.regs[REG_EIP] = 0x1803;
	answers("c", "T0504:04332211;05:05332211;08:03180000;thread:7;");
}

/* A step to the byte behind a breakpoint has not met it, unless it was the
 * breakpoint's. */
static void
test_step_beside_a_breakpoint(void **state)
{
	(void)state;
	(void)ask("qSupported:swbreak+");
	answers("Z0,1802,1", "OK");
	fake.moves[0] = 0x1803;
	answers("s", "T0504:04332211;05:05332211;08:03180000;thread:7;");
	fake.regs[REG_EIP] = 0x1802;
	fake.moves[1] = 0x1803;
	answers("s",
	    "T0504:04332211;05:05332211;08:02180000;thread:7;swbreak:;");
}

static void
test_going_on(void **state)
{
	(void)state;
	fake.moves[0] = 0x1900;
	answers("s", "T0504:04332211;05:05332211;08:00190000;thread:7;");
	assert_int_equal(fake.steps, 1);
	fake.next.number = SIGUSR1; /* another number there */
	answers("C1e", "T1e04:04332211;05:05332211;08:00190000;thread:7;");
	assert_int_equal(fake.sig, SIGUSR1);
	answers("c1234", "T1e04:04332211;05:05332211;08:34120000;thread:7;");
	assert_int_equal(fake.sig, 0);
	answers("?", "T1e04:04332211;05:05332211;08:34120000;thread:7;");
	answers("C0b;1235", "T1e04:04332211;05:05332211;08:35120000;thread:7;");
	assert_int_equal(fake.sig, SIGSEGV);
	fake.moves[1] = 0x1901;
	answers("S0b", "T1e04:04332211;05:05332211;08:01190000;thread:7;");
	assert_int_equal(fake.steps, 2);
}

static void
test_going_on_without_sense(void **state)
{
	static const char *const wrong[] = { "cx", "c1,", "sx", "C", "C0b,1",
		"Cff", "C20", "S", "S0bx", "vCont", "vCont;", "vCont;x",
		"vCont;C", "vCont;Cff", "vCont;r", "vCont;r1", "vCont;r1,",
		"vCont;r1;2", "vCont;cc", "vCont;t", "vContx" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		refuses(wrong[i], EINVAL);
	assert_int_equal(fake.steps + fake.resumed, 0);
	fake.pid = 0;
	refuses("c", ESRCH);
	refuses("vCont;s", ESRCH);
}

static void
test_vcont(void **state)
{
	static const char stop[] =
	    "T0504:04332211;05:05332211;08:00180000;thread:7;";

	(void)state;
	answers("vCont?", "vCont;c;C;s;S;r");
	answers("vCont;c", stop);
	answers("vCont;c:7", stop);
	assert_int_equal(fake.resumed, 2);
	answers("vCont;C0b:7;c", stop);
	assert_int_equal(fake.sig, SIGSEGV);
	fake.moves[0] = fake.moves[1] = FAKE_AT;
	answers("vCont;s:7;c", stop);
	answers("vCont;S02", stop);
	assert_int_equal(fake.sig, SIGINT);
	assert_int_equal(fake.steps, 2);
}

/* Steps as long as they stay in a range, and the signal goes with the first. */
static void
test_steps_in_a_range(void **state)
{
	static const uint32_t moves[] = { 0x1802, 0x1804, 0x1807, 0x1808 };

	(void)state;
	memcpy(fake.moves, moves, sizeof moves);
	answers("vCont;r1800,1808:7;c",
	    "T0504:04332211;05:05332211;08:08180000;thread:7;");
	assert_int_equal(fake.steps, 4);
	fake.steps = 0;
	fake.moves[1] = 0x17ff;
	(void)ask("vCont;r1800,1808");
	assert_int_equal(fake.steps, 2);
	fake.steps = 0;
	fake.moves[1] = 0x1804;
	answers("Z0,1802,1", "OK"); /* met by the second step */
	fake.moves[1] = 0x1803;
	(void)ask("vCont;r1800,1808");
	assert_int_equal(fake.steps, 2);
	assert_int_equal(fake.regs[REG_EIP], 0x1803);
	fake.steps = 0;
	fake.next.number = SIGINT; /* asked to stop */
	(void)ask("vCont;r1800,1808");
	assert_int_equal(fake.steps, 1);
	fake.next.number = SIGTRAP;
	fake.steps = 0;
	(void)ask("vCont;r1800,1800"); /* an empty range: one step */
	assert_int_equal(fake.steps, 1);
}

/* What is watched makes the process go in steps, until it changes. */
static void
test_watched_memory_stops_it(void **state)
{
	(void)state;
	memset(fake.moves, 0x11, sizeof fake.moves);
	fake.change_at = 100;
	answers("Z2,1800,4", "OK");
	answers("c",
	    "T0504:04332211;05:05332211;08:11111111;thread:7;"
	    "watch:1800;");
	assert_int_equal(fake.steps, 100);
	assert_int_equal(fake.resumed, 0);
	/* A step remains one; it may change it, too. */
	answers("s", "T0504:04332211;05:05332211;08:11111111;thread:7;");
	assert_int_equal(fake.steps, 101);
	fake.change_at = 102;
	answers("s",
	    "T0504:04332211;05:05332211;08:11111111;thread:7;"
	    "watch:1800;");
	/* A signal ends it, too, and so does the end. */
	fake.next.number = SIGINT;
	answers("c", "T0204:04332211;05:05332211;08:11111111;thread:7;");
	assert_int_equal(fake.steps, 103);
	answers("z2,1800,4", "OK");
	answers("c", "T0204:04332211;05:05332211;08:11111111;thread:7;");
	assert_int_equal(fake.resumed, 1);
	answers("Z2,1800,4", "OK");
	fake.next.news = TARGET_EXITED;
	(void)ask("c");
	assert_false(watch_any());
}

static void
test_end_of_the_process(void **state)
{
	(void)state;
	fake.next = (struct target_event){ TARGET_EXITED, .number = 42 };
	answers("Z0,1802,1", "OK");
	answers("c", "W2a");
	assert_true(stub.over);
	assert_false(break_is_at(0x1802));
	session_setup(NULL);
	fake.next = (struct target_event){ TARGET_KILLED, .number = SIGUSR2 };
	answers("c", "X1f");
	assert_true(stub.over);
	answers("?", "X1f");
	refuses("g", ESRCH);
	refuses("m1800,1", ESRCH);
	refuses("M1800,1:00", ESRCH);
	refuses("D", ESRCH);
	refuses("vKill;7", ESRCH);
}

static void
test_extended_session_goes_on(void **state)
{
	(void)state;
	answers("!", "OK");
	fake.next = (struct target_event){ TARGET_EXITED, .number = 0 };
	answers("c", "W00");
	assert_false(stub.over);
	answers("?", "W00");
	answers("vRun;2f62696e2f6c73;2d6c;",
	    "T0504:04332211;05:05332211;"
	    "08:00180000;thread:7;");
	assert_string_equal(fake.started, "/bin/ls|-l||");
	answers("vKill;7", "OK");
	assert_int_equal(fake.kills, 1);
	assert_false(stub.over);
	assert_string_equal(ask("vRun;"), ask("?")); /* the same again */
	assert_string_equal(fake.started, "/bin/ls|");
	assert_string_equal(ask("k"), "nothing");
	answers("vAttach;9",
	    "T0004:04332211;05:05332211;08:00180000;"
	    "thread:9;");
	answers("D;9", "OK");
	assert_int_equal(fake.detaches, 1);
	assert_false(stub.over);
}

static void
test_start_that_fails(void **state)
{
	(void)state;
	refuses("vRun;2f78", EBUSY);
	fake.pid = 0;
	fake.error = ENOENT;
	refuses("vRun;2f78", ENOENT);
	refuses("vAttach;9", ENOENT);
	refuses("vRun", EINVAL);
	refuses("vRun;2", EINVAL);
	refuses("vRun;2f,", EINVAL);
	refuses("vAttach;", EINVAL);
	refuses("vAttach;80000000", EINVAL);
	refuses("vAttach;9;9", EINVAL);
	memset(&stub.program, 0, sizeof stub.program);
	refuses("vRun;", EINVAL); /* nothing was started before */
}

/* More arguments than there is room for. */
static void
test_arguments_have_limits(void **state)
{
	char packet[RSP_MAX + 1] = "vRun;2f";
	size_t n = strlen(packet);

	(void)state;
	fake.pid = 0;
	for (int i = 1; i < STUB_ARGS_MAX; i++)
		n += (size_t)snprintf(packet + n, sizeof packet - n, ";61");
	assert_memory_equal(ask(packet), "T05", 3);
	fake.pid = 0;
	snprintf(packet + n, sizeof packet - n, ";61");
	refuses(packet, EINVAL);
}

static void
test_end_of_the_session(void **state)
{
	(void)state;
	assert_string_equal(ask("k"), "nothing");
	assert_true(stub.over);
	assert_int_equal(fake.kills, 1);
	stub_end(&stub);
	assert_int_equal(fake.kills, 1);
	session_setup(NULL);
	stub_end(&stub); /* one that was started is ended */
	assert_int_equal(fake.kills, 1);
	session_setup(NULL);
	fake.attached = true;
	answers("Z0,1802,1", "OK");
	stub_end(&stub); /* one that was there goes on, as it was */
	assert_int_equal(fake.detaches, 1);
	assert_int_equal(fake.memory[2], 2);
	session_setup(NULL);
	fake.error = EPIPE;
	refuses("c", EPIPE); /* the line is gone */
	assert_true(stub.over);
}

static void
test_new_program(void **state)
{
	(void)state;
	(void)ask("qSupported:exec-events+;swbreak+");
	answers("Z0,1802,1", "OK");
	fake.next = (struct target_event){ TARGET_STOPPED, .number = SIGTRAP,
		.is_exec = true, .program = "/bin/x" };
	fake.regs[REG_EIP] = 0x1803; /* not a breakpoint: those are gone */
	answers("c",
	    "T0504:04332211;05:05332211;08:03180000;thread:7;"
	    "exec:2f62696e2f78;");
	assert_false(break_is_at(0x1802));
	(void)ask("qSupported:swbreak+");
	answers("?", "T0504:04332211;05:05332211;08:03180000;thread:7;");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, session_setup)
	static const struct CMUnitTest tests[] = {
		TEST(test_stop_at_a_breakpoint),
		TEST(test_step_beside_a_breakpoint),
		TEST(test_going_on),
		TEST(test_going_on_without_sense),
		TEST(test_vcont),
		TEST(test_steps_in_a_range),
		TEST(test_watched_memory_stops_it),
		TEST(test_end_of_the_process),
		TEST(test_extended_session_goes_on),
		TEST(test_start_that_fails),
		TEST(test_arguments_have_limits),
		TEST(test_end_of_the_session),
		TEST(test_new_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
