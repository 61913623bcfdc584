/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The clocks of services: pings, ends, starting again. Proves: C3. */
#include "servers/rs/test/fake.h"

#include <lacuna/ipc.h>
#include <proto/sef.h>

#include "servers/rs/init.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"

#define P      (3 * PERIOD) /* of pings */
#define STOP_T (2 * PERIOD)
#define LOOKS  (2 * PERIOD) /* a verdict needs two */

static void
test_no_period_no_pings(void **state)
{
	struct rproc *rp = service("s", 0);

	(void)state;
	pass(100 * PERIOD);
	assert_int_equal(notified(rp->pub->endpoint), 0);
	assert_int_equal(killed(rp->pub->endpoint), 0);
}

/* Those of the boot image can be left alone; others have asked for pings. */
static void
test_boot_services_can_go_without(void **state)
{
	struct rproc *rp = service("s", PERIOD);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	rs_pings = false;
	rp->flags |= RF_BOOT;
	pass(10 * PERIOD);
	assert_int_equal(notified(ep), 0);
	rp->flags &= ~(uint32_t)RF_BOOT;
	pass(2 * PERIOD);
	assert_true(notified(ep) > 0);
	rs_pings = true;
}

static void
test_pings_come_once_a_period(void **state)
{
	struct rproc *rp = service("s", P);
	endpoint_t ep = rp->pub->endpoint;
	int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		pass(P - 1);
		assert_int_equal(notified(ep), i);
		pass(PERIOD + 1);
		assert_int_equal(notified(ep), i + 1);
		supervise_pong(ep);
	}
	assert_int_equal(killed(ep), 0);
}

static void
test_silence_ends_it_after_two_periods(void **state)
{
	struct rproc *rp = service("s", P);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	pass(2 * P);
	assert_int_equal(killed(ep), 0);
	pass(LOOKS);
	assert_int_equal(killed(ep), 1);
	assert_int_not_equal(rp->pub->endpoint, NONE); /* and back at once */
}

static void
pass_silence(void)
{
	pass(2 * P + LOOKS);
}

static void
test_silence_of_a_core_service_is_the_end(void **state)
{
	struct rproc *rp = service("pm", P);

	(void)state;
	rp->pub->sys_flags = SF_CORE_SRV;
	assert_true(panics(pass_silence));
	assert_string_equal(fake_panic,
	    "pm does not answer (-5), and nothing works without it");
}

static void
test_any_sign_of_life_counts(void **state)
{
	struct rproc *rp = service("s", P);
	endpoint_t ep = rp->pub->endpoint;
	int i;

	(void)state;
	for (i = 0; i < 50; i++) {
		pass(2 * P - 1);
		supervise_pong(ep);
	}
	assert_int_equal(killed(ep), 0);
}

/* It is silent as long as its debugger likes; then it has a period again. */
static void
test_a_debugger_may_stop_it(void **state)
{
	struct rproc *rp = service("s", P);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	fake_debugged = ep;
	pass(20 * P);
	assert_int_equal(killed(ep), 0);
	assert_int_equal(notified(ep), 1);
	fake_debugged = NONE;
	pass(P - PERIOD);
	assert_int_equal(killed(ep), 0);
	supervise_pong(ep);
	pass(2 * P);
	assert_int_equal(killed(ep), 0);
	assert_int_equal(notified(ep), 2);
	pass(LOOKS);
	assert_int_equal(killed(ep), 1);
}

/* Also before it has reported. */
static void
test_a_debugger_may_stop_it_early(void **state)
{
	struct rproc *rp = service("s", 0);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	init_request(rp, SEF_INIT_FRESH);
	fake_debugged = ep;
	pass(100 * PERIOD);
	assert_int_equal(killed(ep), 0);
	fake_debugged = NONE;
	pass(100 * PERIOD);
	assert_int_equal(killed(ep), 1);
}

/* What has been ordered is done. */
static void
test_a_debugger_does_not_keep_it(void **state)
{
	struct rproc *rp = service("s", P);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	fake_debugged = ep;
	rp->stop_deadline = rs_time(rs_now() + STOP_T);
	pass(STOP_T + LOOKS);
	assert_int_equal(killed(ep), 1);
}

static void
test_initialising_is_no_silence(void **state)
{
	struct rproc *rp;
	endpoint_t ep;

	(void)state;
	up(ROOT, "s", 0, PERIOD);
	rp = rproc_by_label("s");
	ep = rp->pub->endpoint;
	pass(8 * PERIOD);
	assert_int_equal(notified(ep), 0);
	assert_int_equal(killed(ep), 0);
	report(ep, OK);
	pass(PERIOD - 1); /* its silence begins now */
	assert_int_equal(notified(ep), 0);
}

/* RS was busy from before the deadline until after it. What the service sent
 * meanwhile waits behind the clock's notification. */
static void
test_what_has_arrived_is_seen_before_the_verdict(void **state)
{
	struct rproc *rp = service("s", P);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	pass(P + PERIOD);
	assert_int_equal(notified(ep), 1);
	fake_now += 10 * P;
	supervise(fake_now);
	supervise_pong(ep);
	pass(PERIOD);
	assert_int_equal(killed(ep), 0);
}

static void
test_a_busy_rs_judges_nobody(void **state)
{
	struct rproc *rp = service("s", P);
	endpoint_t ep = rp->pub->endpoint;
	int i;

	(void)state;
	pass(P + PERIOD);
	for (i = 0; i < 5; i++) { /* busy again each time it has looked */
		fake_now += P;
		supervise(fake_now);
		assert_int_equal(killed(ep), 0);
	}
	pass(LOOKS); /* it has listened, and there is nothing */
	assert_int_equal(killed(ep), 1);
}

static void
test_a_late_ping_leaves_a_whole_period(void **state)
{
	struct rproc *rp = service("s", P);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	fake_now += 10 * P;
	supervise(fake_now);
	assert_int_equal(notified(ep), 1);
	pass(P - 1);
	assert_int_equal(killed(ep), 0);
	supervise_pong(ep);
	pass(P);
	assert_int_equal(killed(ep), 0);
}

static void
test_one_that_does_not_end_is_ended(void **state)
{
	struct rproc *rp = service("s", 0);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	down(CLIENT(0), "s");
	assert_int_equal(sent(ep, SIGS_SIGNAL_RECEIVED), 1);
	pass(STOP_T - 1);
	assert_int_equal(killed(ep), 0);
	assert_int_equal(replies(CLIENT(0)), 0);
	pass(LOOKS);
	assert_int_equal(killed(ep), 1);
	assert_int_equal(replies(CLIENT(0)), 1);
	assert_status(reply_status(CLIENT(0)), OK);
	assert_null(rproc_by_label("s"));
}

static void
test_the_counter_may_wrap(void **state)
{
	struct rproc *rp;
	endpoint_t ep;

	(void)state;
	fake_now = (clock_ticks)-P;
	supervise_start();
	rp = service("s", P);
	ep = rp->pub->endpoint;
	pass(2 * P);
	assert_int_equal(killed(ep), 0);
	assert_int_equal(notified(ep), 1);
	pass(LOOKS);
	assert_int_equal(killed(ep), 1);
}

/* Periods from a crash until it is let run again. */
static int
pause_after_crash(struct rproc *rp)
{
	int n = 0;

	crash(rp->pub->endpoint);
	while (rp->pub->endpoint == NONE && n < 100) {
		pass(PERIOD);
		n++;
	}
	report(rp->pub->endpoint, OK);
	return n;
}

static void
test_crashes_in_a_row_cost_more_and_more(void **state)
{
	static const int pauses[] = { 0, 2, 4, 8, 16, 30, 30, 30 };
	struct rproc *rp = service("s", 0);
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
		n = pause_after_crash(rp);
		assert_in_range(n, pauses[i], pauses[i] + (pauses[i] > 0));
	}
	for (i = 0; i < 40; i++)
		assert_in_range(pause_after_crash(rp), 30, 31);
}

static void
test_a_minute_without_a_crash_forgives(void **state)
{
	struct rproc *rp = service("s", 0);

	(void)state;
	(void)pause_after_crash(rp);
	(void)pause_after_crash(rp);
	pass(60 * PERIOD + 1);
	assert_int_equal(pause_after_crash(rp), 0);
	pass(60 * PERIOD - 1);
	assert_in_range(pause_after_crash(rp), 2, 3);
}

static void
test_a_start_that_fails_is_tried_later(void **state)
{
	int *const failing[] = { &fake_fork_status, &fake_exec_status,
		&fake_allow_status };
	struct rproc *rp;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof failing / sizeof failing[0]; i++) {
		(void)fake_begin(NULL);
		rp = service("s", 0);
		*failing[i] = -ENOMEM;
		crash(rp->pub->endpoint);
		assert_int_equal(rp->pub->endpoint, NONE);
		pass(40 * PERIOD);
		assert_int_equal(rp->pub->endpoint, NONE);
		*failing[i] = OK;
		pass(31 * PERIOD);
		assert_int_not_equal(rp->pub->endpoint, NONE);
	}
}

/* Of those that are no services, or whose service has gone. */
static void
test_signs_of_life_of_strangers_are_none(void **state)
{
	struct rproc *rp = service("s", PERIOD);
	const clock_ticks alive = rp->last_alive;
	const endpoint_t old = rp->pub->endpoint;

	(void)state;
	pass(1);
	supervise_pong(CLIENT(0));
	supervise_pong(NONE);
	assert_int_equal(rp->last_alive, alive);
	crash(old);
	rp->last_alive = alive;
	supervise_pong(old);
	assert_int_equal(rp->last_alive, alive);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_signs_of_life_of_strangers_are_none,
		    fake_begin),
		cmocka_unit_test_setup(test_no_period_no_pings, fake_begin),
		cmocka_unit_test_setup(test_boot_services_can_go_without,
		    fake_begin),
		cmocka_unit_test_setup(test_pings_come_once_a_period,
		    fake_begin),
		cmocka_unit_test_setup(test_silence_ends_it_after_two_periods,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_silence_of_a_core_service_is_the_end, fake_begin),
		cmocka_unit_test_setup(test_any_sign_of_life_counts,
		    fake_begin),
		cmocka_unit_test_setup(test_a_debugger_may_stop_it, fake_begin),
		cmocka_unit_test_setup(test_a_debugger_may_stop_it_early,
		    fake_begin),
		cmocka_unit_test_setup(test_a_debugger_does_not_keep_it,
		    fake_begin),
		cmocka_unit_test_setup(test_initialising_is_no_silence,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_what_has_arrived_is_seen_before_the_verdict,
		    fake_begin),
		cmocka_unit_test_setup(test_a_busy_rs_judges_nobody,
		    fake_begin),
		cmocka_unit_test_setup(test_a_late_ping_leaves_a_whole_period,
		    fake_begin),
		cmocka_unit_test_setup(test_one_that_does_not_end_is_ended,
		    fake_begin),
		cmocka_unit_test_setup(test_the_counter_may_wrap, fake_begin),
		cmocka_unit_test_setup(test_crashes_in_a_row_cost_more_and_more,
		    fake_begin),
		cmocka_unit_test_setup(test_a_minute_without_a_crash_forgives,
		    fake_begin),
		cmocka_unit_test_setup(test_a_start_that_fails_is_tried_later,
		    fake_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
