/* SPDX-License-Identifier: BSD-2-Clause */
/** @file From a service's first instruction to the end of its initialisation.
 * Proves: B1, B2, B8. */
#include "servers/rs/test/fake.h"

#include <lacuna/ipc.h>
#include <string.h>

#include <proto/ds.h>
#include <proto/sef.h>

#include "servers/rs/init.h"
#include "servers/rs/publish.h"
#include "servers/rs/supervise.h"

#define INIT_T (10 * PERIOD)

/* A service that has been asked to initialise. */
static endpoint_t
asked(const char *label)
{
	const int answers = replies(ROOT);
	struct rproc *rp;

	up(ROOT, label, 0, 0);
	rp = rproc_by_label(label);
	assert_non_null(rp);
	assert_int_equal(replies(ROOT), answers);
	assert_int_equal(sent(rp->pub->endpoint, RS_INIT), 1);
	return rp->pub->endpoint;
}

/* ROOT has been told once that the service failed, and it is gone. */
static void
assert_gone(const char *label, endpoint_t ep, int status)
{
	assert_int_equal(replies(ROOT), 1);
	assert_status(reply_status(ROOT), status);
	assert_int_equal(killed(ep), 1);
	assert_null(rproc_by_label(label));
	pass(100 * PERIOD);
	assert_null(rproc_by_label(label));
	assert_int_equal(replies(ROOT), 1);
}

static void
test_success_is_told_to_both_once(void **state)
{
	endpoint_t ep = asked("s");

	(void)state;
	report(ep, OK);
	assert_int_equal(replies(ep), 1);
	assert_status(reply_status(ep), OK);
	assert_int_equal(replies(ROOT), 1);
	assert_status(reply_status(ROOT), OK);
	report(ep, OK); /* nobody asked */
	assert_status(reply_status(ep), -EPERM);
	assert_int_equal(replies(ROOT), 1);
	pass(2 * INIT_T);
	assert_int_equal(killed(ep), 0);
}

/* What is asked, and what the row says from then on and afterwards. */
static void
test_request_says_all_and_success_ends_it(void **state)
{
	struct rproc *rp = service("s", 0);
	endpoint_t old = rp->pub->endpoint;

	(void)state;
	rp->keep.size = 100;
	refresh(ROOT, "s");
	leave(old, OK);
	assert_int_equal(fake_init.keep_size, 100);
	assert_true(GRANT_VALID(fake_init.keep_gid));
	assert_int_equal(fake_init.keep_gid, keep_gid(rp));
	assert_int_equal(fake_init.type, SEF_INIT_RESTART);
	assert_int_equal(fake_init.endpoint, rp->pub->endpoint);
	assert_int_equal(fake_init.old_endpoint, old);
	assert_int_equal(fake_init.restarts, rp->restarts);
	assert_int_equal(fake_init.rproctab_gid, publish_table_grant());
	assert_true(rp->flags & RF_INITIALIZING);
	assert_int_equal(rp->init_deadline, fake_now + INIT_T);
	pass(3);
	report(rp->pub->endpoint, OK);
	assert_false(rp->flags & (RF_INITIALIZING | RF_REFRESHING));
	assert_int_equal(rp->init_deadline, 0);
	assert_int_equal(rp->last_alive, fake_now);
}

/* Others hear of it when it is ready and not before, but for DS, which keeps
 * the label for itself until then. */
static void
test_success_is_announced(void **state)
{
	endpoint_t ds = service("ds", 0)->pub->endpoint, ep;

	(void)state;
	ep = asked("s");
	assert_int_equal(sent(ds, DS_PUBLISH), 1);
	pass(PERIOD);
	assert_int_equal(sent(ds, DS_PUBLISH), 1);
	report(ep, OK);
	assert_int_equal(sent(ds, DS_PUBLISH), 2);
	report(asked("t"), -EIO);
	assert_int_equal(sent(ds, DS_PUBLISH), 3); /* for itself only */
}

/* RS was busy, and looks at the clock before it reads what has arrived. */
static void
test_a_report_that_has_arrived_is_in_time(void **state)
{
	endpoint_t ep = asked("s");

	(void)state;
	pass(INIT_T - 1);
	fake_now += 3 * PERIOD;
	supervise(fake_now);
	assert_int_equal(killed(ep), 0);
	report(ep, OK);
	assert_int_equal(replies(ROOT), 1);
	assert_status(reply_status(ROOT), OK);
	pass(INIT_T);
	assert_int_equal(killed(ep), 0);
}

static void
test_failure_is_told_and_nothing_stays(void **state)
{
	endpoint_t ep = asked("s");

	(void)state;
	report(ep, -EIO);
	assert_int_equal(replies(ep), 0); /* it must not go on */
	assert_gone("s", ep, -EIO);
}

static void
test_crash_before_the_report_is_a_failure(void **state)
{
	endpoint_t ep = asked("s");

	(void)state;
	crash(ep);
	assert_gone("s", ep, -EINTR);
}

static void
test_end_before_the_report_is_a_failure(void **state)
{
	endpoint_t ep = asked("s");

	(void)state;
	leave(ep, OK);
	assert_gone("s", ep, -EPROTO);
}

static void
test_silence_is_a_failure_at_the_limit(void **state)
{
	endpoint_t ep = asked("s");

	(void)state;
	pass(INIT_T - 1);
	assert_int_equal(killed(ep), 0);
	pass(2 * PERIOD);
	assert_gone("s", ep, -ETIMEDOUT);
}

static void
test_signs_of_life_are_no_report(void **state)
{
	endpoint_t ep = asked("s");
	int i;

	(void)state;
	for (i = 0; i < 9; i++) {
		supervise_pong(ep);
		pass(PERIOD);
		supervise_pong(ep);
	}
	assert_int_equal(replies(ROOT), 0);
	assert_int_equal(killed(ep), 0);
	pass(INIT_T - 9 * PERIOD - 1);
	supervise_pong(ep);
	pass(2 * PERIOD);
	assert_gone("s", ep, -ETIMEDOUT);
}

static void
test_a_late_report_still_counts_while_it_lives(void **state)
{
	endpoint_t ep = asked("s");

	(void)state;
	pass(INIT_T - 1);
	report(ep, OK);
	assert_status(reply_status(ROOT), OK);
	pass(2 * INIT_T);
	assert_int_equal(killed(ep), 0);
}

static void
test_strangers_report_nothing(void **state)
{
	endpoint_t ep = asked("s");
	struct rs_init_msg init = { .result = OK };
	struct message m = { .m_source = CLIENT(0), .m_type = RS_INIT };

	(void)state;
	memcpy(m.m_body, &init, sizeof init);
	init_report(&m, SENDREC);
	assert_status(reply_status(CLIENT(0)), -EPERM);
	init_report(&m, SENDA); /* does not wait for an answer */
	assert_int_equal(replies(CLIENT(0)), 1);
	assert_int_equal(replies(ROOT), 0);
	report(ep, OK);
	assert_status(reply_status(ROOT), OK);
}

/* A service that worked, crashed, and is being started again. */
static struct rproc *
revived(void)
{
	struct rproc *rp = service("s", 0);
	endpoint_t old = rp->pub->endpoint;

	crash(old);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	assert_int_not_equal(rp->pub->endpoint, old);
	assert_int_equal(sent(rp->pub->endpoint, RS_INIT), 1);
	return rp;
}

static void
test_one_that_has_worked_is_tried_again(void **state)
{
	struct rproc *rp = revived();

	(void)state;
	crash(rp->pub->endpoint);
	assert_ptr_equal(rproc_by_label("s"), rp);
	assert_int_equal(rp->pub->endpoint, NONE);
	pass(3 * PERIOD);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	pass(INIT_T + 2 * PERIOD); /* says nothing */
	assert_ptr_equal(rproc_by_label("s"), rp);
	pass(5 * PERIOD);
	leave(rp->pub->endpoint, OK);
	assert_ptr_equal(rproc_by_label("s"), rp);
	pass(9 * PERIOD);
	report(rp->pub->endpoint, OK);
	pass(INIT_T);
	assert_int_not_equal(rp->pub->endpoint, NONE);
}

static void
test_a_failure_that_may_pass_is_tried_again(void **state)
{
	struct rproc *rp = revived();

	(void)state;
	report(rp->pub->endpoint, -EIO);
	assert_ptr_equal(rproc_by_label("s"), rp);
	pass(3 * PERIOD);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	report(rp->pub->endpoint, OK);
	assert_false(rp->flags & RF_INITIALIZING);
}

/* Only those are ended that have a deadline and have passed it. */
static void
test_expiry_says_what_it_has_done(void **state)
{
	endpoint_t ep = asked("s");
	struct rproc *rp = rproc_by_label("s");
	bool ended = false;
	int looks;

	(void)state;
	assert_false(init_expired(rp, rp->init_deadline - 1));
	fake_now = rp->init_deadline + 1;
	for (looks = 0; looks < 4 && !ended; looks++)
		ended = init_expired(rp, fake_now);
	assert_true(ended);
	pm_run();
	assert_int_equal(killed(ep), 1);
	rp = service("t", 0);
	for (looks = 0; looks < 4; looks++)
		assert_false(init_expired(rp, fake_now + 100 * INIT_T));
}

/* The counter of ticks begins again; 0 ticks are a time there, and no time in
 * a row. */
static void
test_silence_ends_across_the_wrap_of_the_clock(void **state)
{
	endpoint_t ep;
	int before;

	for (before = -1; before <= 1; before++) {
		(void)fake_begin(state);
		fake_now = 0u - INIT_T + (clock_ticks)before;
		supervise(fake_now); /* sets its next alarm */
		ep = asked("s");
		pass(INIT_T - 1);
		assert_int_equal(killed(ep), 0);
		pass(2 * PERIOD + 2);
		assert_int_equal(killed(ep), 1);
	}
}

static void
test_one_that_cannot_be_started_again_says_so(void **state)
{
	struct rproc *rp = revived();

	(void)state;
	report(rp->pub->endpoint, -ENOSYS);
	assert_null(rproc_by_label("s"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_success_is_told_to_both_once,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_request_says_all_and_success_ends_it, fake_begin),
		cmocka_unit_test_setup(test_success_is_announced, fake_begin),
		cmocka_unit_test_setup(
		    test_a_report_that_has_arrived_is_in_time, fake_begin),
		cmocka_unit_test_setup(test_failure_is_told_and_nothing_stays,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_a_failure_that_may_pass_is_tried_again, fake_begin),
		cmocka_unit_test_setup(test_expiry_says_what_it_has_done,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_silence_ends_across_the_wrap_of_the_clock, fake_begin),
		cmocka_unit_test_setup(
		    test_crash_before_the_report_is_a_failure, fake_begin),
		cmocka_unit_test_setup(test_end_before_the_report_is_a_failure,
		    fake_begin),
		cmocka_unit_test_setup(test_silence_is_a_failure_at_the_limit,
		    fake_begin),
		cmocka_unit_test_setup(test_signs_of_life_are_no_report,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_a_late_report_still_counts_while_it_lives, fake_begin),
		cmocka_unit_test_setup(test_strangers_report_nothing,
		    fake_begin),
		cmocka_unit_test_setup(test_one_that_has_worked_is_tried_again,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_one_that_cannot_be_started_again_says_so, fake_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
