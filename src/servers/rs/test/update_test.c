/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Getting ready to be replaced: who is asked, what is answered, what is
 * left alone meanwhile. Proves: C4, C6. */
#include "servers/rs/test/update_scene.h"

#include <lacuna/ipc.h>
#include <proto/rs.h>
#include <string.h>

#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"
#include "servers/rs/update.h"

#define LOOKS     (2 * PERIOD) /* a verdict needs two */
#define DEFAULT_T (2 * PERIOD)
#define LIMIT     (RS_UPDATE_MAX * HZ)

static void
test_a_refusal_is_told_at_once(void **state)
{
	static const int results[] = { -ENOSYS, -EINVAL, -EIO };
	struct rproc *rp;
	endpoint_t ep;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof results / sizeof results[0]; i++) {
		(void)fake_begin(NULL);
		rp = asked(0);
		ep = rp->pub->endpoint;
		prepared(ep, results[i]);
		assert_int_equal(replies(ep), 2); /* its start, and this */
		assert_status(reply_status(ep), OK);
		assert_same(ep, results[i]);
	}
}

static void
test_a_refusal_is_never_a_success(void **state)
{
	endpoint_t ep = asked(0)->pub->endpoint;

	(void)state;
	prepared(ep, 5);
	assert_same(ep, -EPROTO);
}

static void
test_time_to_get_ready(void **state)
{
	static const clock_ticks times[] = { 0, 1, PERIOD, LIMIT };
	clock_ticks max;
	endpoint_t ep;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof times / sizeof times[0]; i++) {
		(void)fake_begin(NULL);
		ep = service("s", 0)->pub->endpoint;
		update(CLIENT(0), "s", STATE, times[i]);
		max = times[i] != 0 ? times[i] : DEFAULT_T;
		pass(max - 1);
		assert_int_equal(replies(CLIENT(0)), 0);
		assert_int_equal(sent(ep, RS_LU_PREPARE), 1);
		pass(LOOKS);
		assert_int_equal(sent(ep, RS_LU_PREPARE), 2);
		assert_int_equal(fake_lu.state, SEF_LU_STATE_NULL);
		assert_same(ep, -ETIMEDOUT);
	}
}

static void
test_limits_of_what_is_asked(void **state)
{
	endpoint_t ep = service("s", 0)->pub->endpoint;

	(void)state;
	update(CLIENT(1), "s", STATE, LIMIT + 1);
	assert_status(reply_status(CLIENT(1)), -EINVAL);
	update(CLIENT(2), "s", STATE, (clock_ticks)-1);
	assert_status(reply_status(CLIENT(2)), -EINVAL);
	update(CLIENT(3), "s", SEF_LU_STATE_NULL, 0);
	assert_status(reply_status(CLIENT(3)), -EINVAL);
	update(CLIENT(4), "s", -1, 0);
	assert_status(reply_status(CLIENT(4)), -EINVAL);
	assert_int_equal(sent(ep, RS_LU_PREPARE), 0);
}

static void
test_who_may_update_what(void **state)
{
	struct rproc *rp = service("s", 0);

	(void)state;
	update(STRANGER, "s", STATE, 0);
	assert_status(reply_status(STRANGER), -EPERM);
	update(CLIENT(1), "unknown", STATE, 0);
	assert_status(reply_status(CLIENT(1)), -ESRCH);
	rp->pub->sys_flags |= SF_CORE_SRV;
	update(CLIENT(2), "s", STATE, 0);
	assert_status(reply_status(CLIENT(2)), -EPERM);
	rp->pub->sys_flags &= ~(uint32_t)SF_CORE_SRV;
	rp->spec.flags &= ~(uint32_t)SYS_PROC; /* a user */
	update(CLIENT(3), "s", STATE, 0);
	assert_status(reply_status(CLIENT(3)), -EPERM);
	rs_shutting_down = true;
	rp->spec.flags |= SYS_PROC;
	update(CLIENT(4), "s", STATE, 0);
	assert_status(reply_status(CLIENT(4)), -ESHUTDOWN);
}

/* Everything else that is asked about it meanwhile. */
static void
assert_busy(int n)
{
	int i;

	down(CLIENT(n), "s");
	refresh(CLIENT(n + 1), "s");
	restart(CLIENT(n + 2), "s");
	up(CLIENT(n + 3), "s", 0, 0);
	update(CLIENT(n + 4), "s", STATE, 0);
	update(CLIENT(n + 5), "other", STATE, 0);
	for (i = n; i < n + 6; i++)
		assert_status(reply_status(CLIENT(i)), -EBUSY);
}

static void
test_no_other_change_meanwhile(void **state)
{
	struct rproc *rp;

	(void)state;
	(void)service("other", 0);
	rp = asked(0);
	assert_busy(1);
	prepared(rp->pub->endpoint, OK);
	assert_busy(11);
	report(rp->pub->endpoint, OK);
	assert_over(OK);
	assert_int_equal(sent(rp->pub->endpoint, RS_LU_PREPARE), 0);
	refresh(CLIENT(21), "other");
	assert_int_equal(replies(CLIENT(21)), 0);
}

static void
test_a_late_report_harms_nobody(void **state)
{
	endpoint_t ep = asked(0)->pub->endpoint;

	(void)state;
	pass(DEFAULT_T + LOOKS);
	assert_status(reply_status(CLIENT(0)), -ETIMEDOUT);
	fake_lu.state = STATE;
	prepared(ep, OK);
	assert_status(reply_status(ep), -EINVAL);
	assert_same(ep, -ETIMEDOUT);
}

static void
test_a_late_report_is_not_that_of_the_next(void **state)
{
	struct rproc *rp = asked(0);
	const endpoint_t ep = rp->pub->endpoint;
	const struct rs_lu_msg first = fake_lu;
	struct rs_lu_msg second;

	(void)state;
	pass(DEFAULT_T + LOOKS);
	update(CLIENT(1), "s", STATE, 0);
	second = fake_lu;
	fake_lu = first;
	prepared(ep, -EIO);
	assert_status(reply_status(ep), -EINVAL);
	prepared(ep, OK);
	assert_status(reply_status(ep), -EINVAL);
	assert_int_equal(replies(CLIENT(1)), 0);
	assert_int_equal(killed(ep), 0);
	fake_lu = second;
	fake_lu.state++; /* nor one of another state */
	prepared(ep, OK);
	assert_int_equal(killed(ep), 0);
	fake_lu = second;
	prepared(ep, OK);
	assert_int_equal(killed(ep), 1);
}

static void
test_reports_that_nobody_asked_for(void **state)
{
	struct rs_lu_msg lu = { .result = OK };
	struct message m = { .m_type = RS_LU_PREPARE };
	endpoint_t ep = service("s", 0)->pub->endpoint;

	(void)state;
	prepared(STRANGER, OK);
	assert_status(reply_status(STRANGER), -EPERM);
	prepared(ep, OK);
	assert_status(reply_status(ep), -EINVAL);
	update(CLIENT(0), "s", STATE, 0);
	prepared(STRANGER, OK);
	m.m_source = ep; /* it does not wait */
	lu.id = fake_lu.id;
	lu.state = STATE;
	memcpy(m.m_body, &lu, sizeof lu);
	update_report(&m, SENDA);
	assert_int_equal(replies(CLIENT(0)), 0);
	assert_int_equal(killed(ep), 0);
	prepared(ep, -EIO);
	assert_same(ep, -EIO);
}

static void
test_one_that_dies_preparing(void **state)
{
	int clean;

	(void)state;
	for (clean = 0; clean < 2; clean++) {
		struct rproc *rp;
		endpoint_t ep;

		(void)fake_begin(NULL);
		rp = asked(0);
		ep = rp->pub->endpoint;
		if (clean)
			leave(ep, OK);
		else
			crash(ep);
		assert_status(reply_status(CLIENT(0)), -EINTR);
		assert_int_not_equal(rp->pub->endpoint, ep); /* at once */
		assert_int_equal(fake_init.type, SEF_INIT_RESTART);
		report(rp->pub->endpoint, OK);
		assert_same(rp->pub->endpoint, -EINTR);
	}
}

/* Trap T18: another end that is wanted is not the one of the update. */
static void
test_a_wanted_end_is_no_update(void **state)
{
	struct rproc *rp = asked(0);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	rp->flags |= RF_REFRESHING;
	leave(ep, OK);
	assert_status(reply_status(CLIENT(0)), -EINTR);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	assert_int_equal(fake_init.type, SEF_INIT_RESTART);
	report(rp->pub->endpoint, OK);
	assert_same(rp->pub->endpoint, -EINTR);
}

static void
test_no_pings_meanwhile(void **state)
{
	struct rproc *rp = service("s", PERIOD);
	endpoint_t ep = rp->pub->endpoint;
	int before;

	(void)state;
	update(CLIENT(0), "s", STATE, LIMIT);
	before = notified(ep);
	pass(LIMIT - 1);
	assert_int_equal(notified(ep), before);
	assert_int_equal(killed(ep), 0);
	pass(LOOKS);
	assert_over(-ETIMEDOUT);
	pass(PERIOD + 1);
	assert_int_equal(notified(ep), before + 1);
	pass(2 * LOOKS);
	assert_int_equal(killed(ep), 1);
}

static void
test_a_ping_on_its_way_does_not_kill(void **state)
{
	struct rproc *rp = service("s", 5 * PERIOD);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	pass(6 * PERIOD);
	assert_int_equal(notified(ep), 1);
	update(CLIENT(0), "s", STATE, 0);
	pass(4 * PERIOD);
	assert_over(-ETIMEDOUT);
	pass(5 * PERIOD); /* the answer is overdue; but it is asked anew */
	assert_int_equal(killed(ep), 0);
}

static void
test_nothing_is_replaced_while_the_system_ends(void **state)
{
	endpoint_t ep = asked(0)->pub->endpoint;

	(void)state;
	rs_shutting_down = true;
	prepared(ep, OK);
	assert_over(-ESHUTDOWN);
	assert_int_equal(killed(ep), 0);

	(void)fake_begin(NULL);
	ep = asked(0)->pub->endpoint;
	rs_shutting_down = true;
	leave(ep, OK);
	assert_status(reply_status(CLIENT(0)), -EINTR);
	assert_null(rproc_by_label("s"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_a_refusal_is_told_at_once,
		    fake_begin),
		cmocka_unit_test_setup(test_a_refusal_is_never_a_success,
		    fake_begin),
		cmocka_unit_test_setup(test_time_to_get_ready, fake_begin),
		cmocka_unit_test_setup(test_limits_of_what_is_asked,
		    fake_begin),
		cmocka_unit_test_setup(test_who_may_update_what, fake_begin),
		cmocka_unit_test_setup(test_no_other_change_meanwhile,
		    fake_begin),
		cmocka_unit_test_setup(test_a_late_report_harms_nobody,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_a_late_report_is_not_that_of_the_next, fake_begin),
		cmocka_unit_test_setup(test_reports_that_nobody_asked_for,
		    fake_begin),
		cmocka_unit_test_setup(test_one_that_dies_preparing,
		    fake_begin),
		cmocka_unit_test_setup(test_a_wanted_end_is_no_update,
		    fake_begin),
		cmocka_unit_test_setup(test_no_pings_meanwhile, fake_begin),
		cmocka_unit_test_setup(test_a_ping_on_its_way_does_not_kill,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_nothing_is_replaced_while_the_system_ends, fake_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
