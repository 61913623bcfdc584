/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Which boot services may run, in many orders of their reports.
 * Proves: B1, B3, B7. */
#include "servers/rs/test/fake.h"

#include <stdlib.h>
#include <string.h>

#include <proto/ds.h>
#include <proto/sef.h>

#include "servers/rs/boot_order.h"
#include "servers/rs/boot_table.h"

#define NR_ROWS NR_BOOT_PROCS
#define USER    (NR_ROWS - 1) /* the last row is a user process */
#define TABLES  101           /* every so manieth of all possible ones */
#define ORDERS  20            /* random ones, for some of them */

#define ROW(n)                                                                 \
	{                                                                      \
		.ep = (n), .label = (n) == DS_PROC_NR ? "ds" : "row" #n        \
	}

/* The order of the table is that of endpoints; RS stands among the others.
 * What is marked changes from boot to boot. */
static struct boot_row rows[NR_ROWS] = { ROW(0), ROW(1), ROW(2), ROW(3), ROW(4),
	ROW(5), ROW(6), ROW(7), ROW(8), ROW(9), ROW(10), ROW(11), ROW(12),
	ROW(13) };
extern const struct boot_row boot_table[NR_ROWS] __attribute__((alias("rows")));

#define NOBODY (-1)
#define KEEPER 7 /* this row has memory that outlives its processes */

static int absent = NOBODY; /* this row's module is not there */
static bool reported[NR_ROWS];

/* Begin a boot; synch has a bit for each row that those after it wait for. */
static void
begin(unsigned synch)
{
	struct rproc *rp;
	int i;

	(void)fake_begin(NULL);
	memset(reported, 0, sizeof reported);
	reported[RS_PROC_NR] = true;
	rows[USER].sys_flags = SF_USER;
	for (i = 0; i < USER; i++) {
		rows[i].sys_flags = synch >> i & 1 ? SF_SYNCH_BOOT : 0;
		if (i == absent) {
			reported[i] = true; /* there is nothing to wait for */
			continue;
		}
		rp = rproc_alloc();
		strcpy(rp->pub->label, rows[i].label);
		rp->pub->sys_flags = rows[i].sys_flags;
		rp->flags = RF_IN_USE | RF_BOOT;
		rp->keep.size = i == KEEPER ? 100 : 0;
		rproc_set_process(rp, i, -1);
	}
	boot_begin();
}

/* May a row run, by the rule? */
static bool
may_run(int row, unsigned synch)
{
	int i;

	for (i = 0; i < row; i++)
		if (!reported[i] && (row == USER || synch >> i & 1))
			return false;
	return true;
}

/* Exactly those run that may, and each was asked once. */
static void
assert_order(unsigned synch)
{
	int i, expected;

	for (i = 0; i < NR_ROWS; i++) {
		if (i == RS_PROC_NR)
			continue;
		expected = i != absent && may_run(i, synch);
		assert_int_equal(allowed(i), expected);
		assert_int_equal(sent(i, RS_INIT), i == USER ? 0 : expected);
		assert_int_equal(made_user(i), i == USER ? expected : 0);
		if (i == KEEPER && expected)
			assert_true(
			    GRANT_VALID(keep_gid(rproc_by_endpoint(i))));
	}
	assert_int_equal(boot_busy(), !may_run(USER, synch));
	/* What runs by the end of the boot is found in the public table. */
	assert_int_equal(sent(DS_PROC_NR, DS_PUBLISH), 0);
}

/* One of those that run reports; false: there is none. */
static bool
one_reports(unsigned synch)
{
	int i, n = 0, who = -1;

	for (i = 0; i < USER; i++)
		if (!reported[i] && may_run(i, synch) && rand() % ++n == 0)
			who = i;
	if (who == -1)
		return false;
	reported[who] = true;
	report(who, OK);
	report(who, OK); /* says it twice */
	return true;
}

static void
test_rows_run_in_order_and_wait_for_marked_ones(void **state)
{
	unsigned synch, order;

	(void)state;
	srand(1);
	for (synch = 0; synch < 1u << USER; synch += TABLES) {
		for (order = 0; order < ORDERS; order++) {
			begin(synch);
			assert_order(synch);
			while (one_reports(synch))
				assert_order(synch);
			assert_int_equal(allowed(USER), 1);
			if (synch % (64 * TABLES) != 0)
				break; /* one order is enough for most */
		}
	}
}

static void
test_a_row_without_a_module_is_passed_over(void **state)
{
	unsigned synch;

	(void)state;
	for (absent = 0; absent < USER; absent++) {
		if (absent == RS_PROC_NR)
			continue;
		for (synch = 0; synch < 4; synch++) {
			begin(synch * 0x555);
			assert_order(synch * 0x555);
			while (one_reports(synch * 0x555))
				assert_order(synch * 0x555);
			assert_int_equal(allowed(USER), 1);
		}
	}
	absent = NOBODY;
}

static void
fail_one(void)
{
	report(5, -EIO);
}

static void
crash_one(void)
{
	crash(5);
}

static void
leave_one(void)
{
	leave(5, OK);
}

static void
wait_for_one(void)
{
	pass(12 * PERIOD);
}

static void
test_a_boot_service_that_fails_is_named(void **state)
{
	int i;

	(void)state;
	begin(0);
	assert_true(panics(fail_one));
	assert_non_null(strstr(fake_panic, "row5"));
	assert_non_null(strstr(fake_panic, "-5"));
	begin(0);
	assert_true(panics(crash_one));
	assert_non_null(strstr(fake_panic, "row5 ended by signal 11"));
	begin(0);
	assert_true(panics(leave_one));
	assert_non_null(strstr(fake_panic, "row5 ended with status -71"));
	begin(0);
	for (i = 0; i < USER; i++)
		if (i != 5 && i != RS_PROC_NR)
			report(i, OK);
	assert_true(panics(wait_for_one));
	assert_non_null(strstr(fake_panic, "row5 does not initialise"));
}

static void
test_nobody_is_pinged_before_all_are_up(void **state)
{
	struct rproc *rp;
	int i;

	(void)state;
	begin(1); /* all wait for the first */
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		rp->period = 1;
	pass(5 * PERIOD);
	for (i = 0; i < USER; i++)
		assert_int_equal(notified(i), 0);
	while (one_reports(1))
		;
	pass(PERIOD + 1);
	for (i = 0; i < USER; i++)
		assert_int_equal(notified(i), 1);
}

static void
test_a_failure_after_the_boot_is_none_of_it(void **state)
{
	(void)state;
	begin(0);
	while (one_reports(0))
		;
	assert_false(panics(crash_one));
	assert_non_null(rproc_by_label("row5"));
}

/* The last of them reports, and the user process is to come. */
static void
last_reports(void)
{
	while (one_reports(0))
		;
}

/* The one that may keep memory is asked last, and told where that is. */
static void
test_memory_is_given_before_the_request(void **state)
{
	(void)state;
	begin(1u << KEEPER);
	assert_int_equal(fake_init.endpoint, KEEPER);
	assert_int_equal(fake_init.keep_size, 100);
	assert_true(GRANT_VALID(fake_init.keep_gid));
	assert_int_equal(fake_init.keep_gid,
	    keep_gid(rproc_by_endpoint(KEEPER)));
}

/* The user process, which gets its privileges only then. */
static void
test_one_that_cannot_be_let_run_is_named(void **state)
{
	(void)state;
	begin(0);
	fake_priv_status = -EINVAL;
	assert_true(panics(last_reports));
	assert_non_null(strstr(fake_panic, rows[USER].label));
	assert_non_null(strstr(fake_panic, "-22"));
	assert_int_equal(allowed(USER), 0);
	begin(0);
	fake_allow_status = -EBUSY;
	assert_true(panics(last_reports));
	assert_non_null(strstr(fake_panic, rows[USER].label));
	assert_non_null(strstr(fake_panic, "-16"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_rows_run_in_order_and_wait_for_marked_ones),
		cmocka_unit_test(test_a_row_without_a_module_is_passed_over),
		cmocka_unit_test(test_a_boot_service_that_fails_is_named),
		cmocka_unit_test(test_nobody_is_pinged_before_all_are_up),
		cmocka_unit_test(test_a_failure_after_the_boot_is_none_of_it),
		cmocka_unit_test(test_memory_is_given_before_the_request),
		cmocka_unit_test(test_one_that_cannot_be_let_run_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
