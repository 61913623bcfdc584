/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a verdict says beside its class: the first failure first, values by
 * their type, last words, deaths that matter, limits. Proves E3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/test/made_up.h"

static uint32_t
right_value(void)
{
	return nonce_u32(boot.record.nonce, "v", 0);
}

static void
test_what_failed_first_comes_first(void **state)
{
	static char late[] = "late", zero[] = "0", rule[] = "rule", r3[] = "R3";
	static char why[] = "a meaning";
	struct check three[] = { checks[0], { late, zero, NULL, NULL },
		{ rule, NULL, r3, why } };
	struct test t = alpha;
	struct verdict v;

	(void)state;
	t.checks = three;
	t.checks_count = 3;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	report_rule("rule");
	CHECK_OR_SAY(CHECK_STATUS(-12, 0), "copy 7");
	report_rule(NULL);
	CHECK_EQ(-1, 2);
	(void)report_number("late", -1);
	(void)report_end();
	runner("exit 1");
	verdict_of(&t, NULL, &v);
	assert_int_equal(v.fault, FAULT_WRONG);
	assert_string_equal(v.req, "R3");
	assert_true(v.req_is_own);
	assert_string_equal(v.message, "a meaning: copy 7 (-12 == 0)");
	assert_string_equal(v.expected, "OK");
	assert_string_equal(v.seen, "-12 (-ENOMEM)");
	assert_non_null(strstr(v.where, "causes_test.c:"));
	assert_int_equal(v.nmore, 3);
	assert_string_equal(v.more[0].expected, "2");
	assert_string_equal(v.more[0].seen, "-1");
	assert_string_equal(v.more[1].message, "late");
	assert_string_equal(v.more[1].seen, "-1");
	assert_true(v.more[2].missing);
	verdict_free(&v);
}

static void
test_values_are_shown_by_their_type(void **state)
{
	static const struct {
		const char *kind, *value, *expect, *seen, *expected;
	} cases[] = {
		{ "v:s", "-12", "OK", "-12 (-ENOMEM)", "OK" },
		{ "v:s", "0", "-ENOENT", "OK", "-2 (-ENOENT)" },
		{ "v:s", "-9999", "OK", "-9999", "OK" },
		{ "v:n", "-1", "4", "-1", "4" },
		{ "v:n", "0", "4", "0", "4" },
		{ "v:a", "4096", "0", "0x1000", "0x0" },
		{ "v:t", "x", "'y'", "\"x\"", "\"y\"" },
		{ "v:b", "0a", "'0b'", "0a", "0b" },
		{ "v", "-12", "OK", "-12 (-ENOMEM)", "OK" },
		{ "v", "-1", "4", "-1", "4" },
		{ "v", "-1", "seen > 0", "-1", "seen > 0" },
	};

	static char v_name[] = "v";
	struct test t = alpha;
	struct verdict v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct check c = { v_name, (char *)(uintptr_t)cases[i].expect,
			NULL, NULL };

		t.checks = &c;
		start();
		sender = "alpha";
		(void)report_begin("alpha", NONCE);
		(void)report_obs(cases[i].kind, "%s", cases[i].value);
		(void)report_note("v: of the first page");
		(void)report_end();
		runner("exit 0");
		verdict_of(&t, NULL, &v);
		assert_string_equal(v.seen, cases[i].seen);
		assert_string_equal(v.expected, cases[i].expected);
		assert_string_equal(v.message, "v: of the first page");
		verdict_free(&v);
	}
}

static void
test_the_last_words_are_in_the_report(void **state)
{
	struct verdict v;

	(void)state;
	start();
	record_line(&boot.record, "long before");
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	record_line(&boot.record,
	    "vm: panic: frames.h:105: not true: refs > 0");
	record_line(&boot.record, "trace vm 8 0x401000");
	record_line(&boot.record, "kernel panic: signal 6 ends vm");
	record_line(&boot.record, "trace kernel -1 0xc0101000");
	boot.run.end = BOCHS_PANIC;
	verdict_of(&alpha, NULL, &v);
	assert_int_equal(v.fault, FAULT_PANIC);
	assert_string_equal(v.message,
	    "vm: panic: frames.h:105: not true: refs > 0; "
	    "kernel panic: signal 6 ends vm");
	assert_string_equal(v.log,
	    "vm: panic: frames.h:105: not true: refs > 0\n"
	    "kernel panic: signal 6 ends vm");
	verdict_free(&v);
}

static void
test_a_fault_is_told_with_address_and_answer(void **state)
{
	struct verdict v;

	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	record_line(&boot.record,
	    "vm: fault of 6: read of 0x10 at pc 0x401000: -14");
	record_line(&boot.record, "kernel: signal 11 for ds");
	record_line(&boot.record, "trace ds 6 0x401000");
	record_line(&boot.record, "rs: ds (6) ended by signal 11");
	(void)report_end();
	runner("exit 0");
	verdict_of(&alpha, NULL, &v);
	assert_string_equal(v.message,
	    "ds died while the test ran: read of 0x10 at pc 0x401000: -14");
	verdict_free(&v);
}

static void
test_what_rs_says_is_told_where_nobody_says_more(void **state)
{
	struct verdict v;

	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	record_line(&boot.record, "vm: fault of 9: read of 0x10");
	record_line(&boot.record, "trace ds-agent 6 0x401000");
	record_line(&boot.record, "rs: other (7) ended by signal 9");
	record_line(&boot.record, "rs: del.a (6) ended by signal 11");
	(void)report_end();
	runner("exit 0");
	verdict_of(&alpha, NULL, &v);
	assert_string_equal(v.message,
	    "ds-agent died while the test ran: ended by signal 11");
	verdict_free(&v);
}

/* A run in which a service dies before the test, in another, between them or
 * on purpose. */
static void
earlier_death(const char *during, const char *program, bool between)
{
	char *trace = text("trace %s 6 0x401000", program);

	start();
	sender = during;
	(void)report_begin(during, NONCE);
	if (between)
		(void)report_end();
	record_line(&boot.record, trace);
	if (!between)
		(void)report_end();
	observe(1);
	runner("exit 0");
	free(trace);
}

/* A build directory in which an agent is a program of the tests. */
static void
with_objects(char *dir)
{
	char *program;

	assert_non_null(mkdtemp(dir));
	program = text("%s/test/ds/ds-agent", dir);
	file_write(program, "\177ELF", 4);
	objects = dir;
	free(program);
}

static void
test_only_deaths_that_nobody_meant_are_blamed(void **state)
{
	char dir[] = "/tmp/causes-test-XXXXXX";
	struct strings meant = { 0 };
	struct verdict v;

	(void)state;
	with_objects(dir);
	strings_add(&meant, "killer");
	earlier_death("beta", "ds", false);
	verdict_of(&alpha, &meant, &v);
	assert_non_null(strstr(v.message, "ds had died before, in beta"));
	verdict_free(&v);
	earlier_death("beta", "ds", true);
	verdict_of(&alpha, &meant, &v);
	assert_non_null(strstr(v.message, "ds had died before, between"));
	verdict_free(&v);
	earlier_death("killer", "ds", false);
	verdict_of(&alpha, &meant, &v);
	assert_null(strstr(v.message, "died"));
	verdict_free(&v);
	earlier_death("beta", "ds-agent", false);
	verdict_of(&alpha, &meant, &v);
	assert_null(strstr(v.message, "died"));
	verdict_free(&v);
	strings_free(&meant);
	remove_tree(dir);
	objects = NULL;
}

static void
test_a_later_death_is_not_blamed(void **state)
{
	struct verdict v;

	(void)state;
	start();
	observe(1);
	record_line(&boot.record, "trace ds 6 0x401000");
	runner("exit 0");
	verdict_of(&alpha, NULL, &v);
	assert_int_equal(v.fault, FAULT_WRONG);
	assert_null(strstr(v.message, "died"));
	verdict_free(&v);
}

static void
test_a_meant_death_is_no_failure(void **state)
{
	struct test t = alpha;
	struct verdict v;

	(void)state;
	t.deaths = true;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	record_line(&boot.record, "trace ds 6 0x401000");
	(void)report_obs("value", "%u", (unsigned int)right_value());
	(void)report_end();
	runner("exit 0");
	verdict_of(&t, NULL, &v);
	assert_int_equal(v.fault, FAULT_NONE);
	verdict_free(&v);
}

/* Alpha has passed, beta was given up, gamma has begun, delta has not; then
 * the run was stopped. */
static void
a_run_that_is_stuck(const char *test, bool idle)
{
	static char nothing[] = "";
	size_t i;

	observe(0);
	for (i = 0; i < 2; i++) {
		sender = i == 0 ? "beta" : "gamma";
		(void)report_begin(sender, NONCE);
	}
	sender = "runner";
	(void)report_begin("runner", NONCE);
	report_plan(4);
	(void)report_obs("end.alpha", "exit 0");
	(void)report_obs("end.beta", "timeout 20");
	boot.run.end = BOCHS_STOPPED;
	boot.stall.found = true;
	boot.stall.test = test;
	boot.stall.silence = 30;
	boot.stall.samples[0] = (struct hot_sample){ 1, 2, idle, nothing };
	boot.stall.nsamples = 1;
}

static void
test_a_run_that_is_stuck_is_explained_once(void **state)
{
	static const struct {
		const char *stuck, *id;
		bool idle;
		enum fault_class fault;
		const char *message;
	} cases[] = {
		{ "beta", "alpha", false, FAULT_NONE, NULL },
		{ "beta", "beta", false, FAULT_LIVELOCK,
		    "the system was busy and did not get on: nothing ended "
		    "for 30 emulated seconds" },
		{ "beta", "gamma", false, FAULT_NO_TURN,
		    "the run ended in beta" },
		{ "beta", "delta", false, FAULT_NO_TURN,
		    "the run ended in beta" },
		{ "gamma", "alpha", true, FAULT_NONE, NULL },
		{ "gamma", "beta", true, FAULT_SILENCE,
		    "it did not end within 20 emulated seconds" },
		{ "gamma", "gamma", true, FAULT_SILENCE,
		    "everything waited: nothing ended for 30 emulated "
		    "seconds" },
		{ "delta", "delta", false, FAULT_LIVELOCK,
		    "the system was busy and did not get on: nothing ended "
		    "for 30 emulated seconds" },
	};
	struct test t;
	struct verdict v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		start();
		t = alpha;
		t.id = text("%s", cases[i].id);
		a_run_that_is_stuck(cases[i].stuck, cases[i].idle);
		verdict_of(&t, NULL, &v);
		assert_int_equal(v.fault, cases[i].fault);
		if (cases[i].message != NULL)
			assert_string_equal(v.message, cases[i].message);
		verdict_free(&v);
		free(t.id);
	}
}

/* A disk's file server that dies each time leaves everybody waiting. */
static void
test_a_death_explains_that_all_wait(void **state)
{
	struct test t = alpha;
	struct verdict v;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		start();
		record_line(&boot.record,
		    "vm: fault of 9: write to 0x50 at pc 0x8: bad access -14");
		record_line(&boot.record, "trace ext2 9 0x8");
		boot.run.end = BOCHS_STOPPED;
		boot.stall.found = true;
		boot.stall.silence = 30;
		t.deaths = i == 1; /* the test means it */
		verdict_of(&t, NULL, &v);
		assert_int_equal(v.fault,
		    i == 0 ? FAULT_SERVICE : FAULT_SILENCE);
		if (i == 0)
			assert_string_equal(v.message,
			    "ext2 died: write to 0x50 at pc 0x8: bad access "
			    "-14; then everything waited: nothing ended for "
			    "30 emulated seconds, before any test began");
		verdict_free(&v);
	}
}

static void
test_a_system_that_is_stuck_fails_all(void **state)
{
	struct verdict v;

	(void)state;
	start();
	boot.run.end = BOCHS_STOPPED;
	boot.stall.found = true;
	boot.stall.silence = 30;
	verdict_of(&alpha, NULL, &v);
	assert_int_equal(v.fault, FAULT_SILENCE);
	assert_string_equal(v.message,
	    "everything waited: nothing ended for 30 emulated seconds, "
	    "before any test began");
	verdict_free(&v);
}

/* Every end of a run that leaves no turn for those behind. */
static void
test_those_behind_had_no_turn(void **state)
{
	static const enum bochs_end ends[] = { BOCHS_BUDGET, BOCHS_FLOOD,
		BOCHS_TIMEOUT, BOCHS_PANIC, BOCHS_TRIPLE };
	struct verdict v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		start();
		sender = "beta";
		(void)report_begin("beta", NONCE);
		boot.run.end = ends[i];
		verdict_of(&alpha, NULL, &v);
		assert_int_equal(v.fault, FAULT_NO_TURN);
		assert_string_equal(v.message, "the run ended in beta");
		verdict_free(&v);
	}
}

static void
test_limits_are_named(void **state)
{
	static const struct {
		enum bochs_end end;
		enum fault_class fault;
		const char *reason, *says;
	} cases[] = {
		{ BOCHS_BUDGET, FAULT_LIVELOCK, "",
		    "after 7 million instructions, the limit of a boot" },
		{ BOCHS_TIMEOUT, FAULT_SILENCE, "600 s", "stopped: 600 s" },
		{ BOCHS_FLOOD, FAULT_OUTPUT, "more than 4 MiB", "4 MiB" },
	};
	struct verdict v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		start();
		sender = "alpha";
		(void)report_begin("alpha", NONCE);
		boot.run.end = cases[i].end;
		boot.run.ticks = 7000000;
		free(boot.run.reason);
		boot.run.reason = text("%s", cases[i].reason);
		verdict_of(&alpha, NULL, &v);
		assert_int_equal(v.fault, cases[i].fault);
		assert_non_null(strstr(v.message, cases[i].says));
		verdict_free(&v);
	}
}

static void
test_what_flooded_a_run_is_told(void **state)
{
	struct verdict v;
	int i;

	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	for (i = 0; i < 300; i++)
		record_line(&boot.record,
		    i < 199      ? "vm: early"
			: i % 10 ? "ds: here again"
				 : "vm: late");
	boot.run.end = BOCHS_FLOOD;
	free(boot.run.reason);
	boot.run.reason = text("more than 4096 KiB were printed");
	verdict_of(&alpha, NULL, &v);
	assert_int_equal(v.fault, FAULT_OUTPUT);
	assert_string_equal(v.message,
	    "more than 4096 KiB were printed; of the last 100 lines, 90 were: "
	    "ds: here again");
	verdict_free(&v);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_failed_first_comes_first),
		cmocka_unit_test(test_values_are_shown_by_their_type),
		cmocka_unit_test(test_the_last_words_are_in_the_report),
		cmocka_unit_test(test_a_fault_is_told_with_address_and_answer),
		cmocka_unit_test(
		    test_what_rs_says_is_told_where_nobody_says_more),
		cmocka_unit_test(test_only_deaths_that_nobody_meant_are_blamed),
		cmocka_unit_test(test_a_later_death_is_not_blamed),
		cmocka_unit_test(test_a_meant_death_is_no_failure),
		cmocka_unit_test(test_a_run_that_is_stuck_is_explained_once),
		cmocka_unit_test(test_a_system_that_is_stuck_fails_all),
		cmocka_unit_test(test_a_death_explains_that_all_wait),
		cmocka_unit_test(test_those_behind_had_no_turn),
		cmocka_unit_test(test_limits_are_named),
		cmocka_unit_test(test_what_flooded_a_run_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
