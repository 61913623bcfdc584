/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Requests of the debugger. Proves: F10 (gdb over a line). */
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
#include "cmd/gdbstub/description.h"
#include "cmd/gdbstub/signals.h"
#include "cmd/gdbstub/test/session.h"
#include "cmd/gdbstub/watch.h"

#include <abi/signal.h>

#define ROUNDS 100000 /* packets without sense */

static void
test_registers_are_read_and_written(void **state)
{
	char packet[2 * sizeof fake.regs + 2] = "G";
	uint32_t regs[NR_REGS];

	(void)state;
	strcat(packet, ask("g"));
	assert_int_equal(strlen(packet), sizeof packet - 1);
	assert_memory_equal(packet + 1, "00332211", 8);
	memcpy(regs, fake.regs, sizeof regs);
	memset(fake.regs, 0, (size_t)REG_CS * sizeof fake.regs[0]);
	answers(packet, "OK");
	assert_memory_equal(fake.regs, regs, sizeof regs);
	answers("p8", "00180000");
	answers("P8=78563412", "OK");
	assert_int_equal(fake.regs[REG_EIP], 0x12345678);
	answers("p0", "00332211");
	answers("pf", "0f332211");
	answers("p10", "xxxxxxxxxxxxxxxxxxxx"); /* of floating point */
	answers("p1f", "xxxxxxxx");
}

static void
test_register_requests_without_sense(void **state)
{
	(void)state;
	refuses("p20", EINVAL); /* one behind the last */
	refuses("p", EINVAL);
	refuses("p0,", EINVAL);
	refuses("pffffffff", EINVAL);
	refuses("P10=00000000", EINVAL);
	refuses("P0=000000", EINVAL);
	refuses("P0=0000000000", EINVAL);
	refuses("P0:00000000", EINVAL);
	refuses("P0=", EINVAL);
	refuses("Pa=00000000", EFAULT); /* cs is not the debugger's */
	refuses("g0", EINVAL);
	refuses("G00", EINVAL);
	refuses("Gzz", EINVAL);
}

static void
test_memory_is_read(void **state)
{
	(void)state;
	answers("m1800,4", "00010203");
	answers("m27fc,4", "fcfdfeff");
	answers("m27ff,1", "ff");
	answers("m1800,0", "");
	refuses("m17ff,1", EFAULT);
	refuses("m2800,1", EFAULT);
	refuses("mffffffff,2", EFAULT);
}

/* The last page of what there is: the answer is shorter than asked for. */
static void
test_memory_is_read_up_to_the_end_of_a_page(void **state)
{
	(void)state;
	assert_int_equal(strlen(ask("m1ff0,20")), 0x40);
	refuses("m27fe,4", EFAULT); /* no page ends there */
	fake.memory[0x7ff] = 0xaa;
	assert_int_equal(strlen(ask("m1800,100000")), RSP_MAX - 8);
}

static void
test_memory_is_written(void **state)
{
	(void)state;
	answers("M1800,2:beef", "OK");
	answers("m1800,3", "beef02");
	answers("M27ff,1:11", "OK");
	answers("M1800,0:", "OK");
	assert_string_equal(ask_bytes("X1801,4:\0#$}", 12), "OK");
	answers("m1800,6", "be0023247d05");
	answers("X1800,0:", "OK"); /* asks whether X is known */
	refuses("M2800,1:00", EFAULT);
	refuses("M27ff,2:0000", EFAULT);
	refuses("X2800,1:x", EFAULT);
}

static void
test_memory_requests_without_sense(void **state)
{
	static const char *const wrong[] = { "m", "m1800", "m1800,", "m,4",
		"m1800,4,4", "m1800;4", "m1800,100000000", "M1800,2:be",
		"M1800,1:beef", "M1800,1:b", "M1800,1", "M1800,1;be",
		"M1800,1:bx", "X1800,2:a", "X1800,1:ab", "X1800,1", "X", "M",
		"X1800,ffffffff:a" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		refuses(wrong[i], EINVAL);
}

static void
test_breakpoint_is_not_seen(void **state)
{
	(void)state;
	answers("Z0,1802,1", "OK");
	answers("Z0,1802,1", "OK"); /* twice is once */
	assert_int_equal(fake.memory[2], 0xcc);
	answers("m1800,4", "00010203");
	answers("m1802,1", "02");
	answers("m1803,1", "03");
	answers("M1801,2:aabb", "OK"); /* over it */
	assert_int_equal(fake.memory[2], 0xcc);
	answers("m1801,2", "aabb");
	answers("z0,1802,1", "OK");
	assert_int_equal(fake.memory[2], 0xbb);
	answers("z0,1802,1", "OK"); /* none there */
}

static void
test_breakpoint_requests_without_sense(void **state)
{
	(void)state;
	unknown("Z1,1800,1"); /* other kinds */
	unknown("Z3,1800,4");
	unknown("z4,1800,4");
	refuses("Z0,1800", EINVAL);
	refuses("Z0", EINVAL);
	refuses("Z", EINVAL);
	refuses("Z0,1800,2", EINVAL);
	refuses("Z0,2800,1", EFAULT);
	fake.pid = 0;
	refuses("Z0,1800,1", ESRCH);
}

static void
test_watchpoints_are_set_and_cleared(void **state)
{
	char packet[32];

	(void)state;
	answers("Z2,1800,40", "OK");
	answers("Z2,1800,40", "OK"); /* twice is once */
	answers("z2,1800,4", "OK");  /* another */
	assert_true(watch_any());
	answers("z2,1800,40", "OK");
	assert_false(watch_any());
	refuses("Z2,1800,41", EINVAL);
	refuses("Z2,1800,0", EINVAL);
	refuses("Z2,27fd,4", EFAULT);
	refuses("Z2,1800", EINVAL);
	for (uint32_t i = 0; i <= WATCHES_MAX; i++) {
		snprintf(packet, sizeof packet, "Z2,%x,1", FAKE_AT + i);
		if (i < WATCHES_MAX)
			answers(packet, "OK");
		else
			refuses(packet, ENOSPC);
	}
	fake.pid = 0;
	refuses("z2,1800,1", ESRCH);
}

static void
test_number_of_breakpoints_has_a_limit(void **state)
{
	char packet[32];

	(void)state;
	for (uint32_t i = 0; i <= BREAKS_MAX; i++) {
		snprintf(packet, sizeof packet, "Z0,%x,1", FAKE_AT + i);
		if (i < BREAKS_MAX)
			answers(packet, "OK");
		else
			refuses(packet, ENOSPC);
	}
	answers("z0,1800,1", "OK");
	answers(packet, "OK");
	answers("D", "OK"); /* removes all */
	for (uint32_t i = 0; i <= BREAKS_MAX; i++)
		assert_int_equal(fake.memory[i], (uint8_t)i);
}

static void
test_questions(void **state)
{
	(void)state;
	answers("qSupported",
	    "PacketSize=800;qXfer:features:read+;"
	    "vContSupported+");
	answers("qSupported:xswbreak+;swbreak-;exec-events+x",
	    "PacketSize=800;qXfer:features:read+;vContSupported+");
	answers("qSupported:multiprocess+;swbreak+;exec-events+",
	    "PacketSize=800;qXfer:features:read+;vContSupported+;swbreak+;"
	    "exec-events+");
	answers("qC", "QC7");
	answers("qfThreadInfo", "m7");
	answers("qsThreadInfo", "l");
	answers("qAttached", "0");
	fake.attached = true;
	answers("qAttached:7", "1");
	answers("Hg7", "OK");
	answers("Hc-1", "OK");
	answers("T7", "OK");
	refuses("T8", ESRCH);
	refuses("T", EINVAL);
	fake.pid = 0;
	refuses("T0", ESRCH);
	unknown("qC");
	answers("qfThreadInfo", "l");
}

static void
test_what_is_not_known(void **state)
{
	static const char *const packets[] = { "", "vMustReplyEmpty", "qFoo",
		"q", "v", "Qx", "QStartNoAckMode", "qTStatus", "A", "b", "~",
		"qXfer:auxv:read::0,100", "vFile:setfs:0", "qCx" };

	(void)state;
	for (size_t i = 0; i < sizeof packets / sizeof packets[0]; i++)
		unknown(packets[i]);
}

static void
test_description_comes_in_parts(void **state)
{
	const char *answer;
	char packet[64], whole[8192] = "";
	size_t size, at = 0;
	const char *text = description_text(&size);

	(void)state;
	assert_int_equal(strlen(text), size);
	assert_string_equal(text + size - 9, "</target>");
	do {
		snprintf(packet, sizeof packet,
		    "qXfer:features:read:target.xml:%zx,fff", at);
		answer = ask(packet);
		strcat(whole, answer + 1);
		at += out.n - 1;
	} while (answer[0] == 'm' && at < sizeof whole);
	assert_string_equal(whole, text);
	snprintf(packet, sizeof packet, "qXfer:features:read:target.xml:%zx,10",
	    size);
	answers(packet, "l");
	snprintf(packet, sizeof packet, "qXfer:features:read:target.xml:%zx,10",
	    size + 1);
	refuses(packet, EINVAL);
	refuses("qXfer:features:read:target.xml:", EINVAL);
	refuses("qXfer:features:read:target.xml:0,", EINVAL);
	refuses("qXfer:features:read:target.xml:0,1,", EINVAL);
	unknown("qXfer:features:read:other.xml:0,1");
}

static void
test_signals_have_one_number_each(void **state)
{
	(void)state;
	for (int sig = 0; sig < _NSIG; sig++)
		assert_int_equal(signal_of_gdb((unsigned int)gdb_signal(sig)),
		    sig);
	assert_int_equal(gdb_signal(_NSIG), 143);
	assert_int_equal(gdb_signal(-1), 143);
	assert_int_equal(signal_of_gdb(23), -1); /* none of ours */
	assert_int_equal(signal_of_gdb(143), -1);
	assert_int_equal(signal_of_gdb(0xffffffff), -1);
}

/* Whatever comes, there is an answer that fits, and nothing is overrun. */
static void
test_packets_without_sense_do_no_harm(void **state)
{
	static const char letters[] = "gGpPmMXcCsSvqZzDHT?!k";
	static const char more[] = "0123456789abcdef,;:=-.\0}$RunContKill";
	unsigned int seed = 1;
	char packet[64];
	size_t n;

	(void)state;
	stub.extended = true;
	for (int round = 0; round < ROUNDS; round++) {
		fake.pid = FAKE_PID;
		n = 1 + (size_t)rand_r(&seed) % (sizeof packet - 1);
		packet[0] =
		    letters[(size_t)rand_r(&seed) % (sizeof letters - 1)];
		for (size_t i = 1; i < n; i++)
			packet[i] =
			    more[(size_t)rand_r(&seed) % (sizeof more - 1)];
		(void)ask_bytes(packet, n);
		assert_true(out.n <= RSP_MAX);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, session_setup)
	static const struct CMUnitTest tests[] = {
		TEST(test_registers_are_read_and_written),
		TEST(test_register_requests_without_sense),
		TEST(test_memory_is_read),
		TEST(test_memory_is_read_up_to_the_end_of_a_page),
		TEST(test_memory_is_written),
		TEST(test_memory_requests_without_sense),
		TEST(test_breakpoint_is_not_seen),
		TEST(test_breakpoint_requests_without_sense),
		TEST(test_watchpoints_are_set_and_cleared),
		TEST(test_number_of_breakpoints_has_a_limit),
		TEST(test_questions),
		TEST(test_what_is_not_known),
		TEST(test_description_comes_in_parts),
		TEST(test_signals_have_one_number_each),
		TEST(test_packets_without_sense_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
