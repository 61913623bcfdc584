/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Reading system.conf. Proves: B5 (what dynamic services may do). */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/service/conf.h"

#include <abi/kcall.h>
#include <proto/rights.h>

#define FILE_NAME "conf_test.tmp"
#define SAID      "conf_test.said"

/* Read the entry of "prog" from a text. */
static int
read_text(const char *text, struct rs_start *start)
{
	FILE *f = fopen(FILE_NAME, "w");
	int r;

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	memset(start, 0, sizeof *start);
	r = conf_read(FILE_NAME, "prog", start);
	remove(FILE_NAME);
	return r;
}

static bool
may_call(const struct rs_start *start, int nr)
{
	nr -= KERNEL_CALL;
	return (start->kcall_mask[nr / 32] >> nr % 32 & 1) != 0;
}

static void
test_entry_of_the_program_is_read(void **state)
{
	struct rs_start s;

	(void)state;
	assert_int_equal(
	    read_text("service a { uid 1; };\n"
		      "service prog { # comment ; }\n uid 7; irq 3 4;\n"
		      "io 1f0:8 3f6; system DEVIO IRQCTL;\n"
		      "ipc SYSTEM vfs ds; device 42 block; period 2HZ;}\n",
		&s),
	    0);
	assert_int_equal(s.uid, 7);
	assert_int_equal(s.nr_irq, 2);
	assert_int_equal(s.irq[1], 4);
	assert_int_equal(s.nr_io, 2);
	assert_int_equal(s.io[0].last, 0x1f7);
	assert_int_equal(s.io[1].last, 0x3f6);
	assert_true(may_call(&s, SYS_DEVIO));
	assert_true(may_call(&s, SYS_SETGRANT));
	assert_false(may_call(&s, SYS_PRIVCTL));
	assert_string_equal(s.ipc, "SYSTEM vfs ds");
	assert_true(s.flags & RSS_IPC_VALID);
	assert_int_equal(s.major, 42);
	assert_int_equal(s.dev_flags, RS_DEV_BLOCK);
	assert_int_equal(s.period, 200);
	assert_true(s.vm_call_mask & VM_CALL_BIT(VM_MMAP));
	assert_false(s.vm_call_mask & VM_CALL_BIT(VM_FORK));
}

static void
test_missing_entry_is_refused(void **state)
{
	struct rs_start s;

	(void)state;
	assert_int_equal(read_text("service a { };", &s), CONF_NO_ENTRY);
	assert_int_equal(read_text("", &s), CONF_NO_ENTRY);
	assert_int_equal(read_text("service * { uid 3; };", &s), 0);
	assert_int_equal(s.uid, 3);
}

static void
test_all_and_none(void **state)
{
	struct rs_start s;

	(void)state;
	assert_int_equal(read_text("service prog { system ALL; vm NONE;"
				   " ipc ALL; };",
			     &s),
	    0);
	assert_true(may_call(&s, SYS_PRIVCTL));
	assert_false(s.flags & RSS_IPC_VALID);
}

static void
test_mistakes_are_errors(void **state)
{
	static const char *const bad[] = { "nonsense", "service prog uid",
		"service prog { uid x; };", "service prog { uid 1 }",
		"service prog { system ALL NONE; };",
		"service prog { system NONE ALL; };",
		"service prog { system KILL ALL; };",
		"service prog { vm NONE MAP_PHYS; };",
		"service prog { vm ALL ALL; };",
		"service prog { ipc ALL vfs; };",
		"service prog { ipc vfs ALL; };",
		"service prog { system2 ALL; };",
		"service prog { system FOO; };", "service prog { irq 99; };",
		"service prog { io zz; };", "service prog { io 1f0:0; };",
		"service prog {", "service prog { device 0; };",
		"service prog { period 3H; };",
		"service prog { period 99999999HZ; };",
		"service prog { period -1; };", "service prog { period 0; };",
		"service prog { period 0HZ; };" };
	struct rs_start s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(read_text(bad[i], &s), 22 /* EINVAL */);
}

static void
test_what_is_done_when_it_fails(void **state)
{
	static const struct {
		const char *text;
		uint32_t when, give_up, flags;
	} good[] = {
		{ "", RS_BACK_OFF, 0, 0 },
		{ "restart back-off;", RS_BACK_OFF, 0, 0 },
		{ "restart at-once; give-up 5;", RS_AT_ONCE, 5, 0 },
		{ "restart never;", RS_BACK_OFF, 0, RSS_ONCE },
	};

	static const char *const bad[] = { "restart;", "restart sometimes;",
		"restart at-once never;", "give-up;", "give-up x;",
		"give-up -1;", "give-up 99999999999999999999;" };
	struct rs_start s;
	char text[80];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof good / sizeof good[0]; i++) {
		snprintf(text, sizeof text, "service prog { %s };",
		    good[i].text);
		assert_int_equal(read_text(text, &s), 0);
		assert_int_equal(s.policy.when, good[i].when);
		assert_int_equal(s.policy.give_up, good[i].give_up);
		assert_int_equal(s.flags, good[i].flags);
	}
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		snprintf(text, sizeof text, "service prog { %s };", bad[i]);
		assert_int_equal(read_text(text, &s), EINVAL);
	}
}

/* The longest path that fits, and one that does not. */
static void
test_script_is_a_path(void **state)
{
	char text[160], path[RS_SCRIPT_MAX + 1];
	struct rs_start s;

	(void)state;
	assert_int_equal(read_text("service prog { };", &s), 0);
	assert_string_equal(s.script, "");
	assert_int_equal(read_text("service prog { script /a/b; };", &s), 0);
	assert_string_equal(s.script, "/a/b");
	memset(path, 'x', sizeof path);
	path[0] = '/';
	path[RS_SCRIPT_MAX - 1] = '\0';
	snprintf(text, sizeof text, "service prog { script %s; };", path);
	assert_int_equal(read_text(text, &s), 0);
	assert_string_equal(s.script, path);
	path[RS_SCRIPT_MAX - 1] = 'x';
	path[RS_SCRIPT_MAX] = '\0';
	snprintf(text, sizeof text, "service prog { script %s; };", path);
	assert_int_equal(read_text(text, &s), EINVAL);
	assert_int_equal(read_text("service prog { script a; };", &s), EINVAL);
	assert_int_equal(read_text("service prog { script; };", &s), EINVAL);
	assert_int_equal(read_text("service prog { script /a /b; };", &s),
	    EINVAL);
}

/* Whoever has made a mistake is told where it is and what to do. */
static void
test_mistakes_are_told_with_their_place(void **state)
{
	static const struct {
		const char *text, *said;
	} mistake[] = {
		{ "nonsense", "1:1: nonsense: an entry begins with" },
		{ "\n  # x\n\tservice prog uid", "3:15: uid: a { is missing" },
		{ "service prog {\n\tuid x;\n}", "2:6: x: no number" },
		{ "service prog {\n\tuid 1\n}", "3:1: }: a semicolon" },
		{ "service prog { uid", "1:19: end of file: no number" },
		{ "service prog {", "1:15: end of file: a } is missing" },
		{ "service {", "1:9: {: the name of a program" },
		{ "service prog { uid 2147483648; }", "1:20: 2147483648: out" },
		{ "service prog { priority 15; }", "1:25: 15: out of range" },
		{ "service prog { quantum 0; }", "1:24: 0: out of range" },
		{ "service prog { quantum 2147483648; }", "1:24: 2147483648" },
		{ "service prog { keep 4194305; }", "1:21: 4194305: out of" },
		{ "service prog { give-up 2147483648; }", "1:24: 2147483648" },
		{ "service prog { system; }", "1:22: ;: a value is missing" },
		{ "service prog { vm; }", "1:18: ;: a value is missing" },
		{ "service prog { ipc; }", "1:19: ;: a value is missing" },
		{ "service prog { irq; }", "1:19: ;: a value is missing" },
		{ "service prog { io; }", "1:18: ;: a value is missing" },
		{ "service prog { mem; }", "1:19: ;: a value is missing" },
		{ "service prog { ipc a,b; }", "1:20: a,b: a label has 1" },
		{ "service prog { io ffff 10000; }",
		    "1:24: 10000: no range of" },
		{ "service prog { io ffff:2; }", "1:19: ffff:2: no range of" },
		{ "service prog { period 0; }", "1:23: 0: no period" },
		{ "service prog { system FOO; }", "1:23: FOO: no such call" },
		{ "service prog { vm BRK\n FOO; }", "2:2: FOO: no such call" },
		{ "service prog { irq 16; }", "1:20: 16: no interrupt line" },
		{ "service prog { io 1 ffffffff:2; }",
		    "1:21: ffffffff:2: no range" },
		{ "service prog { device 5 char; }", "1:23: 5: no device" },
		{ "service prog { device 64 char; }", "1:23: 64: no device" },
		{ "service prog { device 63 tape; }", "1:26: tape: say char" },
		{ "service prog { quota 0; }", "1:22: 0: no quota" },
		{ "service prog { script x; }", "1:23: x: no script: write" },
		{ "service prog { period 3H; }", "1:23: 3H: no period" },
	};

	char said[256];
	struct rs_start s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof mistake / sizeof mistake[0]; i++) {
		rewind(stderr);
		assert_int_equal(ftruncate(fileno(stderr), 0), 0);
		assert_int_equal(read_text(mistake[i].text, &s), 22);
		rewind(stderr);
		assert_non_null(fgets(said, sizeof said, stderr));
		assert_memory_equal(said, FILE_NAME ":", sizeof FILE_NAME);
		assert_memory_equal(said + sizeof FILE_NAME, mistake[i].said,
		    strlen(mistake[i].said));
	}
}

static void
test_quota_is_a_small_one_if_not_said(void **state)
{
	struct rs_start s;

	(void)state;
	assert_int_equal(read_text("service prog { };", &s), 0);
	assert_int_equal(s.quota, BASE_QUOTA);
	assert_int_equal(read_text("service prog { quota 1; };", &s), 0);
	assert_int_equal(s.quota, 1);
	assert_int_equal(read_text("service prog { quota ALL; };", &s), 0);
	assert_int_equal(s.quota, VM_QUOTA_NONE);
}

/* Both sides of each limit are in the list of mistakes and in this. */
static void
test_the_last_values_that_are_right(void **state)
{
	struct rs_start s;

	(void)state;
	assert_int_equal(
	    read_text("service prog { uid 2147483647; priority 14;"
		      " quantum 1; keep 4194304; give-up 2147483647;"
		      " io ffff fffe:2; period 1; ipc a.b-c_D9 USER; }",
		&s),
	    0);
	assert_int_equal(s.uid, INT32_MAX);
	assert_int_equal(s.priority, 14);
	assert_int_equal(s.quantum, 1);
	assert_int_equal(s.keep, 4194304);
	assert_int_equal(s.policy.give_up, INT32_MAX);
	assert_int_equal(s.io[1].last, 0xffff);
	assert_int_equal(s.period, 1);
	assert_int_equal(
	    read_text("service prog { priority 0; quantum 2147483647; }", &s),
	    0);
}

/* A file that is missing, or none, is not one without the entry. */
static void
test_a_file_that_cannot_be_read(void **state)
{
	struct rs_start s = { 0 };

	(void)state;
	assert_int_equal(conf_read("/none/such", "prog", &s), ENOENT);
	assert_int_equal(conf_read("/", "prog", &s), EISDIR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_done_when_it_fails),
		cmocka_unit_test(test_script_is_a_path),
		cmocka_unit_test(test_entry_of_the_program_is_read),
		cmocka_unit_test(test_missing_entry_is_refused),
		cmocka_unit_test(test_all_and_none),
		cmocka_unit_test(test_mistakes_are_errors),
		cmocka_unit_test(test_mistakes_are_told_with_their_place),
		cmocka_unit_test(test_the_last_values_that_are_right),
		cmocka_unit_test(test_a_file_that_cannot_be_read),
		cmocka_unit_test(test_quota_is_a_small_one_if_not_said),
	};

	if (freopen(SAID, "w+", stderr) == NULL)
		return 1;
	remove(SAID); /* it lives until it is closed */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
