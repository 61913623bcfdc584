/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Scripts that decide what is done when a service fails, and what is
 * done without them. Proves: C3. */
#include "servers/rs/test/fake.h"

#include <string.h>

#include <lacuna/string.h>

#include "servers/rs/rs.h"

#define AGENT    CLIENT(7)
#define TAKE_T   (2 * PERIOD) /* an agent is expected to be back by then */
#define SCRIPT_T (32 * PERIOD)
#define LOOKS    (PERIOD + PERIOD / 10 + 1) /* until a deadline is seen */

/* A service with a script. */
static struct rproc *
scripted(const char *label)
{
	struct rproc *rp = service(label, 0);

	strlcpy(rp->script, "/etc/rescue", sizeof rp->script);
	return rp;
}

/* Somebody waits for work. */
static void
agent_waits(endpoint_t who)
{
	struct rs_agent_req req = { 0, sizeof(struct rs_work) };

	request(who, RS_AGENT, &req, sizeof req);
}

static int
recovered(endpoint_t who, uint32_t id, int status)
{
	struct rs_recovered_req req = { id, status };

	request(who, RS_RECOVERED, &req, sizeof req);
	return reply_status(who);
}

/* It fails twice in a row: the first time it is started again at once. */
static void
fail_twice(struct rproc *rp)
{
	crash(rp->pub->endpoint);
	report(rp->pub->endpoint, OK);
	crash(rp->pub->endpoint);
	assert_int_equal(rp->pub->endpoint, NONE);
}

/* It gets its work to the agent. */
static struct rproc *
given(const char *label)
{
	struct rproc *rp = scripted(label);

	agent_waits(AGENT);
	fail_twice(rp);
	assert_int_equal(replies(AGENT), 1);
	assert_status(reply_status(AGENT), OK);
	return rp;
}

/* Its policy has decided: it waits a while, not for a script. */
static void
by_policy(const struct rproc *rp)
{
	assert_int_equal(rp->recovery.id, 0);
	assert_int_equal(rp->pub->endpoint, NONE);
	assert_int_not_equal(rp->revive_time, 0);
}

/* No service and no agent. */
static int
begin(void **state)
{
	(void)fake_begin(state);
	fake_copy_status = -EFAULT; /* one that waits is found dead */
	fail_twice(scripted("s"));
	pass(TAKE_T + 2 * LOOKS); /* one that is expected does not come */
	return fake_begin(state);
}

static void
test_the_agent_is_told_all_there_is(void **state)
{
	const struct rproc *rp = given("s");

	(void)state;
	assert_string_equal(fake_work.label, "s");
	assert_string_equal(fake_work.reason, "ended by signal 11");
	assert_string_equal(fake_work.script, "/etc/rescue");
	assert_int_equal(fake_work.failures, 2);
	assert_int_not_equal(fake_work.id, 0);
	assert_int_equal(rp->revive_time, 0);
}

static void
test_the_first_failure_needs_no_script(void **state)
{
	struct rproc *rp = scripted("s");

	(void)state;
	agent_waits(AGENT);
	crash(rp->pub->endpoint);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	assert_int_equal(replies(AGENT), 0);
}

static void
test_success_starts_it_again_once_a_period_at_most(void **state)
{
	struct rproc *rp = given("s");

	(void)state;
	assert_status(recovered(ROOT, fake_work.id, OK), OK);
	assert_int_equal(rp->pub->endpoint, NONE);
	pass(LOOKS + 1);
	assert_int_not_equal(rp->pub->endpoint, NONE);
}

static void
test_failure_is_for_the_policy(void **state)
{
	struct rproc *rp = given("s");

	(void)state;
	assert_status(recovered(ROOT, fake_work.id, 1), OK);
	by_policy(rp);
	pass(3 * PERIOD);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	assert_status(recovered(ROOT, fake_work.id, OK), -ESRCH);
}

static void
test_a_script_is_tried_before_giving_up(void **state)
{
	struct rproc *rp = scripted("s");

	(void)state;
	rp->policy.give_up = 1;
	agent_waits(AGENT);
	crash(rp->pub->endpoint);
	assert_int_equal(replies(AGENT), 1);
	assert_false(rp->flags & RF_GIVEN_UP);
	assert_status(recovered(ROOT, fake_work.id, 3), OK);
	assert_true(rp->flags & RF_GIVEN_UP);
}

static void
test_without_an_agent_the_policy_decides_at_once(void **state)
{
	struct rproc *rp = scripted("s");

	(void)state;
	fail_twice(rp);
	by_policy(rp);
}

static void
test_a_dead_agent_is_none(void **state)
{
	struct rproc *rp = scripted("s");

	(void)state;
	agent_waits(AGENT);
	fake_copy_status = -EDEADSRCDST;
	fail_twice(rp);
	by_policy(rp);
	fake_copy_status = OK;
	pass(3 * PERIOD);
	report(rp->pub->endpoint, OK);
	crash(rp->pub->endpoint);
	by_policy(rp); /* it was forgotten */
	assert_int_equal(replies(AGENT), 1);
}

static void
test_a_script_has_a_time(void **state)
{
	struct rproc *rp = given("s");

	(void)state;
	pass(SCRIPT_T - 1);
	assert_int_not_equal(rp->recovery.id, 0);
	assert_int_equal(rp->pub->endpoint, NONE);
	pass(1 + LOOKS);
	by_policy(rp);
	assert_status(recovered(ROOT, fake_work.id, OK), -ESRCH);
}

static void
test_work_waits_for_an_agent_that_is_at_work(void **state)
{
	struct rproc *other;

	(void)state;
	(void)given("s");
	other = scripted("t");
	fail_twice(other);
	assert_int_not_equal(other->recovery.id, 0);
	agent_waits(AGENT);
	assert_int_equal(replies(AGENT), 2);
	assert_string_equal(fake_work.label, "t");
}

static void
test_work_does_not_wait_for_long(void **state)
{
	struct rproc *other, *third;

	(void)state;
	(void)given("s");
	other = scripted("t");
	third = scripted("u");
	fail_twice(other);
	pass(TAKE_T - 1);
	assert_int_not_equal(other->recovery.id, 0);
	pass(1 + LOOKS);
	by_policy(other);
	fail_twice(third); /* now nobody is expected */
	by_policy(third);
	agent_waits(AGENT);
	assert_int_equal(replies(AGENT), 1); /* what is over is not told */
}

static void
test_each_ends_for_itself(void **state)
{
	struct rproc *rp = given("s"), *other = scripted("t");
	const uint32_t id = fake_work.id;

	(void)state;
	agent_waits(AGENT);
	fail_twice(other);
	assert_int_not_equal(fake_work.id, id);
	assert_status(recovered(ROOT, id, OK), OK);
	assert_int_equal(rp->recovery.id, 0);
	assert_int_equal(other->recovery.id, fake_work.id);
}

static void
test_the_superuser_may_decide_meanwhile(void **state)
{
	void (*const ways[])(endpoint_t who, const char *label) = { restart,
		refresh };
	struct rproc *rp;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		(void)begin(NULL);
		rp = given("s");
		ways[i](CLIENT(0), "s");
		assert_int_not_equal(rp->pub->endpoint, NONE);
		report(rp->pub->endpoint, OK);
		assert_status(reply_status(CLIENT(0)), OK);
		assert_status(recovered(ROOT, fake_work.id, 1), -ESRCH);
		assert_int_equal(rp->revive_time, 0);
	}
	(void)begin(NULL);
	(void)given("s");
	down(CLIENT(0), "s");
	assert_status(reply_status(CLIENT(0)), OK);
	assert_null(rproc_by_label("s"));
	assert_status(recovered(ROOT, fake_work.id, OK), -ESRCH);
}

static void
test_nobody_else_is_an_agent(void **state)
{
	struct rproc *rp = scripted("s");

	(void)state;
	agent_waits(STRANGER);
	assert_status(reply_status(STRANGER), -EPERM);
	fail_twice(rp);
	by_policy(rp);
	assert_int_equal(replies(STRANGER), 1);
	assert_status(recovered(STRANGER, 1, OK), -EPERM);
}

static void
test_nonsense_is_refused(void **state)
{
	struct rs_agent_req req = { 0, sizeof(struct rs_work) + 1 };

	(void)state;
	request(ROOT, RS_AGENT, &req, sizeof req);
	assert_status(reply_status(ROOT), -EINVAL);
	assert_status(recovered(ROOT, 0, OK), -ESRCH);
	assert_status(recovered(ROOT, 12345678, OK), -ESRCH);
}

static void
test_work_that_nobody_has_is_not_over(void **state)
{
	struct rproc *other;

	(void)state;
	(void)given("s");
	other = scripted("t");
	fail_twice(other); /* waits for the agent */
	assert_status(recovered(ROOT, other->recovery.id, OK), -ESRCH);
	assert_int_not_equal(other->recovery.id, 0);
}

static void
test_a_new_agent_takes_the_place_of_the_old(void **state)
{
	(void)state;
	agent_waits(CLIENT(1));
	agent_waits(AGENT);
	assert_status(reply_status(CLIENT(1)), -EBUSY);
	fail_twice(scripted("s"));
	assert_int_equal(replies(CLIENT(1)), 1);
	assert_int_equal(replies(AGENT), 1);
}

static void
test_no_agent_waits_at_the_end(void **state)
{
	(void)state;
	rs_shutting_down = true;
	agent_waits(AGENT);
	assert_status(reply_status(AGENT), -ESHUTDOWN);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup(name, begin)
	const struct CMUnitTest tests[] = {
		T(test_the_agent_is_told_all_there_is),
		T(test_the_first_failure_needs_no_script),
		T(test_success_starts_it_again_once_a_period_at_most),
		T(test_failure_is_for_the_policy),
		T(test_a_script_is_tried_before_giving_up),
		T(test_without_an_agent_the_policy_decides_at_once),
		T(test_a_dead_agent_is_none),
		T(test_a_script_has_a_time),
		T(test_work_waits_for_an_agent_that_is_at_work),
		T(test_work_does_not_wait_for_long),
		T(test_each_ends_for_itself),
		T(test_the_superuser_may_decide_meanwhile),
		T(test_nobody_else_is_an_agent),
		T(test_nonsense_is_refused),
		T(test_work_that_nobody_has_is_not_over),
		T(test_a_new_agent_takes_the_place_of_the_old),
		T(test_no_agent_waits_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
