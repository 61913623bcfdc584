/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Verdicts on runs that were made up: every class of failure is told from
 * the others. Proves E3, E4.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/judge/findings.h"
#include "grader/test/made_up.h"

/* The verdict must be of a class; frees the boot. */
static void
expect(enum fault_class fault, const char *req)
{
	struct verdict v;

	judge(&(struct trial){ &alpha, &boot, 1, NULL, NULL }, &v);
	assert_string_equal(fault_name(v.fault), fault_name(fault));
	assert_string_equal(v.req, req);
	verdict_free(&v);
	forget();
}

static void
test_a_right_value_passes(void **state)
{
	(void)state;
	start();
	observe(0);
	runner("exit 0");
	expect(FAULT_NONE, "R1");
}

static void
test_a_wrong_value_fails_its_requirement(void **state)
{
	(void)state;
	start();
	observe(1);
	runner("exit 0");
	expect(FAULT_WRONG, "R2");
}

static void
test_a_missing_value_is_no_evidence(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	(void)report_end();
	runner("exit 0");
	expect(FAULT_NO_EVIDENCE, "R2");
}

static void
test_a_broken_claim_fails(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	(void)report_obs("value", "%u",
	    (unsigned int)nonce_u32(boot.record.nonce, "v", 0));
	CHECK(1 + 1 == 3);
	assert_int_equal(report_end(), 1);
	runner("exit 1");
	expect(FAULT_WRONG, "R1");
}

static void
test_a_lost_record_is_incomplete(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	lost = true;
	(void)report_note("never arrives");
	(void)report_obs("value", "%u",
	    (unsigned int)nonce_u32(boot.record.nonce, "v", 0));
	(void)report_end();
	runner("exit 0");
	expect(FAULT_INCOMPLETE, "R1");
}

static void
test_a_program_that_dies_is_a_crash(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	runner("signal 11");
	expect(FAULT_CRASH, "R1");
}

static void
test_a_program_that_hangs_is_silence(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	runner("timeout 20");
	expect(FAULT_SILENCE, "R1");
}

static void
test_a_knot_is_shown(void **state)
{
	struct verdict v;

	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	sender = "runner";
	(void)report_begin("runner", NONCE);
	report_plan(1);
	(void)report_note("waits init pm");
	(void)report_note("waits a b");
	(void)report_note("waits b a");
	(void)report_obs("end.alpha", "timeout 20");
	report_bye();
	judge(&(struct trial){ &alpha, &boot, 1, NULL, NULL }, &v);
	assert_non_null(strstr(v.message, "a waits for b (deadlock)"));
	assert_null(strstr(v.message, "init"));
	verdict_free(&v);
	expect(FAULT_SILENCE, "R1");
}

static void
test_a_kernel_panic_is_told(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	record_line(&boot.record, "kernel panic: no more room");
	boot.run.end = BOCHS_PANIC;
	expect(FAULT_PANIC, "R1");
}

/* Another test begins, and says nothing more. */
static void
begin_another(void)
{
	sender = "beta";
	(void)report_begin("beta", NONCE);
}

/* How a run can end that was to go on, behind the last check of a test. */
static const struct ending {
	const char *line; /* the kernel's last */
	enum bochs_end end;
	const char *storm;
	bool bye; /* had the runner said its last? */
	enum fault_class fault;
	const char *says;
} endings[] = {
	{ "kernel panic: page fault of vm", BOCHS_DONE, NULL, false,
	    FAULT_PANIC, "page fault of vm" },
	{ "kernel panic: page fault of vm", BOCHS_DONE, NULL, true, FAULT_PANIC,
	    "page fault of vm" },
	{ "kernel panic: no room", BOCHS_PANIC, NULL, false, FAULT_PANIC,
	    "no room" },
	{ "fine", BOCHS_TRIPLE, NULL, false, FAULT_PANIC, "triple fault" },
	{ "fine", BOCHS_TRIPLE, NULL, true, FAULT_PANIC, "triple fault" },
	{ "fine", BOCHS_STOPPED, "again and again", false, FAULT_STOPS,
	    "again and again" },
	{ "fine", BOCHS_BUDGET, NULL, false, FAULT_LIVELOCK,
	    "limit of a boot" },
	{ "fine", BOCHS_BUDGET, NULL, true, FAULT_LIVELOCK, "limit of a boot" },
	{ "fine", BOCHS_TIMEOUT, NULL, false, FAULT_SILENCE, "was stopped" },
	{ "fine", BOCHS_FLOOD, NULL, false, FAULT_OUTPUT, "too much" },
};

/* A boot that ends so after alpha; between them another may begin. */
static void
end_after_alpha(const struct ending *e, unsigned int wrong_by, bool another)
{
	start();
	observe(wrong_by);
	if (another)
		begin_another();
	if (e->bye)
		runner("exit 0");
	record_line(&boot.record, e->line);
	boot.run.end = e->end;
	free(boot.run.reason);
	boot.run.reason = text("too much");
	if (e->storm != NULL)
		boot.storm = text("%s", e->storm);
}

static void
test_a_run_that_ends_after_the_last_check_fails_it(void **state)
{
	struct verdict v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		end_after_alpha(&endings[i], 0, false);
		verdict_of(&alpha, NULL, &v);
		assert_string_equal(fault_name(v.fault),
		    fault_name(endings[i].fault));
		assert_non_null(strstr(v.message, "after its last check: "));
		assert_non_null(strstr(v.message, endings[i].says));
		if (endings[i].fault != FAULT_STOPS)
			assert_non_null(strstr(v.log, endings[i].line));
		verdict_free(&v);
	}
}

static void
test_a_run_that_ends_in_another_test_does_not(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if (!endings[i].bye) {
			end_after_alpha(&endings[i], 0, true);
			expect(FAULT_NONE, "R1");
		}
}

static void
test_what_was_wrong_before_explains_more(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		end_after_alpha(&endings[i], 1, false);
		expect(FAULT_WRONG, "R2");
	}
}

/* What looked like a panic was none, for the run went on to its end. */
static void
test_words_of_a_panic_are_none(void **state)
{
	(void)state;
	start();
	record_line(&boot.record, "kernel panic: says the log");
	observe(0);
	runner("exit 0");
	expect(FAULT_NONE, "R1");
}

/* A boot of two tests with a death behind the first one's last check. */
static const struct dying {
	const char *trace;
	bool meant, another_first, another_then, wrong;
	enum fault_class fault;
} dyings[] = {
	{ "trace ds 6 0x401000", false, false, false, false, FAULT_SERVICE },
	{ "trace ds 6 0x401000", false, false, true, false, FAULT_SERVICE },
	{ "trace ds 6 0x401000", false, true, false, false, FAULT_NONE },
	{ "trace ds 6 0x401000", true, false, false, false, FAULT_NONE },
	{ "trace ds 6 0x401000", false, false, false, true, FAULT_WRONG },
	{ "trace alpha 6 0x401000", false, false, false, false, FAULT_NONE },
};

static void
die_after_alpha(const struct dying *d, struct verdict *v)
{
	struct test t = alpha;

	t.deaths = d->meant;
	start();
	observe(d->wrong);
	if (d->another_first)
		begin_another();
	record_line(&boot.record, "ds: panic: nothing is left");
	record_line(&boot.record, d->trace);
	if (d->another_then)
		begin_another();
	sender = "runner";
	(void)report_begin("runner", NONCE);
	report_plan(2);
	(void)report_obs("end.alpha", "exit 0");
	report_bye();
	verdict_of(&t, NULL, v);
}

static void
test_a_service_that_dies_after_the_last_check_fails_it(void **state)
{
	struct verdict v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof dyings / sizeof dyings[0]; i++) {
		die_after_alpha(&dyings[i], &v);
		assert_string_equal(fault_name(v.fault),
		    fault_name(dyings[i].fault));
		if (v.fault == FAULT_SERVICE)
			assert_string_equal(v.message,
			    "after its last check: ds died: "
			    "panic: nothing is left");
		verdict_free(&v);
	}
}

static void
test_a_dead_service_is_told(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	record_line(&boot.record, "trace ds 6 0x401000");
	(void)report_end();
	runner("exit 0");
	expect(FAULT_SERVICE, "R1");
}

static void
test_an_endless_run_is_a_livelock(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	boot.run.end = BOCHS_BUDGET;
	expect(FAULT_LIVELOCK, "R1");
}

/* Where memory is looked at, the test and the runner must have been seen. */
static void
test_records_without_a_process_are_forged(void **state)
{
	static int anything;
	int seen;

	(void)state;
	for (seen = 0; seen < 4; seen++) {
		start();
		boot.memory = (struct oracle *)(void *)&anything;
		observe(0);
		if (seen & 1)
			record_stopped(&boot.record);
		runner("exit 0");
		if (seen & 2)
			record_stopped(&boot.record);
		expect(seen == 3 ? FAULT_NONE : FAULT_FORGED, "R1");
	}
}

static void
test_what_was_seen_to_be_changed_is_forged(void **state)
{
	(void)state;
	start();
	observe(0);
	record_forged(&boot.record, text("the code of VM was changed"));
	runner("exit 0");
	expect(FAULT_FORGED, "R1");
}

/* A process in whose memory something has gone wrong loses its own test. */
static void
test_a_doubted_process_loses_its_own_stream(void **state)
{
	(void)state;
	start();
	boot.memory = (struct oracle *)(void *)&boot;
	observe(1); /* and be it wrong besides */
	record_doubted(&boot.record, text("the code of alpha was changed"));
	runner("exit 0");
	record_stopped(&boot.record);
	assert_false(boot.record.forged);
	expect(FAULT_INCOMPLETE, "R1");
	start();
	boot.memory = (struct oracle *)(void *)&boot;
	observe(0);
	record_stopped(&boot.record);
	runner("exit 0");
	record_doubted(&boot.record, text("the code of runner was changed"));
	expect(FAULT_INCOMPLETE, "R1");
}

static void
test_a_storm_of_stops_is_told(void **state)
{
	(void)state;
	start();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	boot.run.end = BOCHS_STOPPED;
	boot.storm = text("too many");
	expect(FAULT_STOPS, "R1");
}

static void
test_memory_that_nobody_saw_is_no_evidence(void **state)
{
	static char obs[] = "there", asks[] = "frame('a', 'b') == 0";
	struct check first = checks[0];

	(void)state;
	assert_false(test_asks_memory(&alpha));
	checks[0] = (struct check){ .obs = obs, .expect = asks };
	assert_true(test_asks_memory(&alpha));
	start();
	observe(0);
	runner("exit 0");
	expect(FAULT_NO_EVIDENCE, "R1");
	checks[0] = first;
}

static void
test_no_runner_means_no_boot(void **state)
{
	(void)state;
	start();
	expect(FAULT_BOOT, "R1");
}

static void
test_a_run_without_its_last_record_proves_nothing(void **state)
{
	(void)state;
	start();
	observe(0);
	sender = "runner";
	(void)report_begin("runner", NONCE);
	report_plan(1);
	expect(FAULT_INCOMPLETE, "R1");
}

static void
test_another_sender_is_forgery(void **state)
{
	(void)state;
	start();
	observe(0);
	runner("exit 0");
	record_line(&boot.record,
	    "\1ds 6 @L1 0 beta begin 0 1 0123456789abcdef");
	expect(FAULT_FORGED, "R1");
}

static void
test_a_damaged_disk_fails_sanity(void **state)
{
	(void)state;
	start();
	observe(0);
	runner("exit 0");
	boot.disk = text("inode 12 is odd");
	expect(FAULT_DISK, "R1");
}

static void
test_the_machines_faults_are_its_own(void **state)
{
	(void)state;
	start();
	boot.infra = text("no emulator");
	boot.run.end = BOCHS_CRASH;
	expect(FAULT_INFRA, "R1");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_right_value_passes),
		cmocka_unit_test(test_a_wrong_value_fails_its_requirement),
		cmocka_unit_test(test_a_missing_value_is_no_evidence),
		cmocka_unit_test(test_a_broken_claim_fails),
		cmocka_unit_test(test_a_lost_record_is_incomplete),
		cmocka_unit_test(test_a_program_that_dies_is_a_crash),
		cmocka_unit_test(test_a_program_that_hangs_is_silence),
		cmocka_unit_test(test_a_knot_is_shown),
		cmocka_unit_test(test_a_kernel_panic_is_told),
		cmocka_unit_test(
		    test_a_run_that_ends_after_the_last_check_fails_it),
		cmocka_unit_test(test_a_run_that_ends_in_another_test_does_not),
		cmocka_unit_test(test_what_was_wrong_before_explains_more),
		cmocka_unit_test(test_words_of_a_panic_are_none),
		cmocka_unit_test(
		    test_a_service_that_dies_after_the_last_check_fails_it),
		cmocka_unit_test(test_a_dead_service_is_told),
		cmocka_unit_test(test_an_endless_run_is_a_livelock),
		cmocka_unit_test(test_records_without_a_process_are_forged),
		cmocka_unit_test(test_what_was_seen_to_be_changed_is_forged),
		cmocka_unit_test(test_a_doubted_process_loses_its_own_stream),
		cmocka_unit_test(test_a_storm_of_stops_is_told),
		cmocka_unit_test(test_memory_that_nobody_saw_is_no_evidence),
		cmocka_unit_test(test_no_runner_means_no_boot),
		cmocka_unit_test(
		    test_a_run_without_its_last_record_proves_nothing),
		cmocka_unit_test(test_another_sender_is_forgery),
		cmocka_unit_test(test_a_damaged_disk_fails_sanity),
		cmocka_unit_test(test_the_machines_faults_are_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
