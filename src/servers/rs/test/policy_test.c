/* SPDX-License-Identifier: BSD-2-Clause */
/** @file What is done when a service fails: at once, later, no more.
 * Proves: C3. */
#include "servers/rs/test/fake.h"

#include <string.h>

#include <lacuna/ipc.h>
#include <proto/ds.h>

#include "servers/rs/request.h"

#define GOOD_T (60 * PERIOD)

/* A service with a policy. */
static struct rproc *
with_policy(uint32_t when, uint32_t give_up)
{
	struct rproc *rp = service("s", 0);

	rp->policy.when = when;
	rp->policy.give_up = give_up;
	return rp;
}

/* It fails, is started again within so many periods, and is up. */
static void
fail_once(struct rproc *rp, clock_ticks periods)
{
	crash(rp->pub->endpoint);
	for (; periods > 0 && rp->pub->endpoint == NONE; periods--)
		pass(PERIOD);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	report(rp->pub->endpoint, OK);
}

static void
test_at_once_is_always_at_once(void **state)
{
	struct rproc *rp = with_policy(RS_AT_ONCE, 0);
	int i;

	(void)state;
	for (i = 0; i < 40; i++) {
		pass(PERIOD);
		fail_once(rp, 0);
	}
	assert_int_equal(rp->failures, 40);
	assert_int_equal(rp->restarts, 40);
}

static void
test_at_once_is_once_a_second_at_most(void **state)
{
	struct rproc *rp = with_policy(RS_AT_ONCE, 0);

	(void)state;
	pass(PERIOD - 1);
	crash(rp->pub->endpoint);
	assert_int_equal(rp->pub->endpoint, NONE);
	pass(2 * PERIOD);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	report(rp->pub->endpoint, OK);
	pass(10 * PERIOD);
	fail_once(rp, 0);
}

static void
test_failures_are_counted_to_a_limit(void **state)
{
	struct rproc *rp = with_policy(RS_BACK_OFF, 0);
	int i;

	(void)state;
	rp->failures = INT32_MAX - 1;
	for (i = 0; i < 3; i++) {
		fail_once(rp, 31);
		assert_int_equal(rp->failures, INT32_MAX);
	}
}

static void
test_given_up_after_so_many_in_a_row(void **state)
{
	static const uint32_t limits[] = { 1, 2, 5 };
	struct rproc *rp;
	endpoint_t last;
	uint32_t n;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		(void)fake_begin(NULL);
		rp = with_policy(RS_BACK_OFF, limits[i]);
		for (n = 1; n < limits[i]; n++) {
			fail_once(rp, 17);
			assert_false(rp->flags & RF_GIVEN_UP);
		}
		last = rp->pub->endpoint;
		crash(last);
		assert_true(rp->flags & RF_GIVEN_UP);
		pass(1000 * PERIOD);
		assert_int_equal(rp->pub->endpoint, NONE);
		assert_ptr_equal(rproc_by_label("s"), rp);
		assert_int_equal(killed(last), 1);
	}
}

static void
test_users_are_told_of_what_is_given_up(void **state)
{
	struct rproc *rp, *ds;

	(void)state;
	ds = service("ds", 0);
	rp = with_policy(RS_BACK_OFF, 2);
	fail_once(rp, 0);
	assert_int_equal(sent(ds->pub->endpoint, DS_DELETE), 0);
	crash(rp->pub->endpoint);
	assert_int_equal(sent(ds->pub->endpoint, DS_DELETE), 1);
}

static void
test_a_good_minute_begins_anew(void **state)
{
	struct rproc *rp = with_policy(RS_BACK_OFF, 2);

	(void)state;
	fail_once(rp, 0);
	pass(GOOD_T + 1);
	fail_once(rp, 0); /* the first again */
	assert_int_equal(rp->failures, 1);
	pass(GOOD_T);
	crash(rp->pub->endpoint);
	assert_true(rp->flags & RF_GIVEN_UP);
	assert_int_equal(rp->restarts, 3);
}

static void
test_root_gives_another_chance(void **state)
{
	void (*const ways[])(endpoint_t who, const char *label) = { restart,
		refresh };
	struct rproc *rp;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		(void)fake_begin(NULL);
		rp = with_policy(RS_BACK_OFF, 2);
		fail_once(rp, 0);
		crash(rp->pub->endpoint);
		ways[i](CLIENT(0), "s");
		assert_int_not_equal(rp->pub->endpoint, NONE);
		report(rp->pub->endpoint, OK);
		assert_status(reply_status(CLIENT(0)), OK);
		assert_int_equal(replies(CLIENT(0)), 1);
		assert_false(rp->flags & RF_GIVEN_UP);
		fail_once(rp, 0); /* with all its chances */
		crash(rp->pub->endpoint);
		assert_true(rp->flags & RF_GIVEN_UP);
	}
}

static void
test_what_is_given_up_can_go(void **state)
{
	struct rproc *rp = with_policy(RS_BACK_OFF, 1);

	(void)state;
	crash(rp->pub->endpoint);
	down(CLIENT(0), "s");
	assert_status(reply_status(CLIENT(0)), OK);
	assert_null(rproc_by_label("s"));
}

static void
test_a_wanted_end_is_no_failure(void **state)
{
	struct rproc *rp = with_policy(RS_BACK_OFF, 1);

	(void)state;
	refresh(CLIENT(0), "s");
	leave(rp->pub->endpoint, 0);
	report(rp->pub->endpoint, OK);
	assert_int_equal(rp->failures, 0);
	assert_false(rp->flags & RF_GIVEN_UP);
	assert_int_equal(rp->failure.time, 0);
}

static void
test_an_init_that_fails_later_is_a_failure(void **state)
{
	struct rproc *rp = with_policy(RS_BACK_OFF, 3);

	(void)state;
	crash(rp->pub->endpoint);
	report(rp->pub->endpoint, -EIO);
	assert_ptr_equal(rproc_by_label("s"), rp);
	assert_int_equal(rp->failures, 2);
	pass(3 * PERIOD);
	report(rp->pub->endpoint, -EIO);
	assert_true(rp->flags & RF_GIVEN_UP);
}

static void
test_the_last_failure_is_kept(void **state)
{
	struct rproc *rp = with_policy(RS_BACK_OFF, 0);

	(void)state;
	pass(5);
	fail_once(rp, 0);
	assert_int_equal(rp->failure.time, 1005);
	assert_int_equal(rp->failure.status, -EINTR);
	assert_string_equal(rp->failure.text, "ended by signal 11");
	leave(rp->pub->endpoint, 3);
	assert_int_equal(rp->failure.status, 3);
	assert_string_equal(rp->failure.text, "ended with status 3");
}

/* Ask for a policy; the status. */
static int
ask(endpoint_t who, const char *label, uint32_t when, uint32_t give_up)
{
	struct rs_policy_req req = { .policy = { when, give_up } };

	memset(req.label, 'x', sizeof req.label);
	if (label != NULL)
		strncpy(req.label, label, sizeof req.label);
	request(who, RS_POLICY, &req, sizeof req);
	return reply_status(who);
}

static void
test_a_policy_can_be_changed(void **state)
{
	struct rproc *rp = service("s", 0), *core = service("core", 0);

	(void)state;
	core->pub->sys_flags = SF_CORE_SRV;
	assert_status(ask(ROOT, "s", RS_AT_ONCE, 7), OK);
	assert_int_equal(rp->policy.when, RS_AT_ONCE);
	assert_int_equal(rp->policy.give_up, 7);
	assert_status(ask(STRANGER, "s", RS_BACK_OFF, 0), -EPERM);
	assert_status(ask(ROOT, "core", RS_BACK_OFF, 0), -EPERM);
	assert_status(ask(ROOT, "none", RS_BACK_OFF, 0), -ESRCH);
	assert_status(ask(ROOT, NULL, RS_BACK_OFF, 0), -EINVAL);
	assert_status(ask(ROOT, "s", RS_AT_ONCE + 1, 0), -EINVAL);
	assert_status(ask(ROOT, "s", UINT32_MAX, 0), -EINVAL);
	assert_status(ask(ROOT, "s", RS_AT_ONCE, 0x80000000), -EINVAL);
	assert_int_equal(rp->policy.give_up, 7);
	assert_status(ask(ROOT, "s", RS_BACK_OFF, INT32_MAX), OK);
	assert_int_equal(rp->policy.when, RS_BACK_OFF);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup(name, fake_begin)
	const struct CMUnitTest tests[] = {
		T(test_at_once_is_always_at_once),
		T(test_at_once_is_once_a_second_at_most),
		T(test_failures_are_counted_to_a_limit),
		T(test_given_up_after_so_many_in_a_row),
		T(test_users_are_told_of_what_is_given_up),
		T(test_a_good_minute_begins_anew),
		T(test_root_gives_another_chance),
		T(test_what_is_given_up_can_go),
		T(test_a_wanted_end_is_no_failure),
		T(test_an_init_that_fails_later_is_a_failure),
		T(test_the_last_failure_is_kept),
		T(test_a_policy_can_be_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
