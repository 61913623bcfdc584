/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Replacing a service while it runs; long because it goes through all
 * that can become of an update. Proves: C4, C6. */
#include "servers/rs/test/fake.h"

#include <lacuna/ipc.h>
#include <lacuna/sef_lu.h>
#include <proto/rs.h>
#include <string.h>

#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"
#include "servers/rs/update.h"

#define LOOKS     (2 * PERIOD) /* a verdict needs two */
#define DEFAULT_T (2 * PERIOD)
#define LIMIT     (RS_UPDATE_MAX * HZ)
#define STATE     SEF_LU_STATE_REQUEST_FREE

/* A service that has been asked to get ready for CLIENT(0). */
static struct rproc *
asked(clock_ticks period)
{
	struct rproc *rp = service("s", period);
	endpoint_t ep = rp->pub->endpoint;

	update(CLIENT(0), "s", STATE, 0);
	assert_int_equal(replies(CLIENT(0)), 0);
	assert_int_equal(sent(ep, RS_LU_PREPARE), 1);
	assert_int_equal(fake_lu.state, STATE);
	return rp;
}

/* The client has got one answer, and nothing is left of the update. */
static void
assert_over(int status)
{
	struct rproc *rp = rproc_by_label("s");

	assert_int_equal(replies(CLIENT(0)), 1);
	assert_status(reply_status(CLIENT(0)), status);
	assert_non_null(rp);
	assert_int_equal(rp->flags &
		(RF_UPDATING | RF_REPLACING | RF_REFRESHING | RF_EXITING |
		    RF_INITIALIZING),
	    0);
	assert_int_equal(rp->caller, NONE);
	assert_int_equal(rp->lu_deadline, 0);
	assert_int_equal(rp->updates, 1);
	assert_status(rp->lu_result, status);
}

/* The service is the same as before, and can be updated again. */
static void
assert_same(endpoint_t ep, int status)
{
	struct rproc *rp = rproc_by_label("s");

	assert_over(status);
	assert_int_equal(rp->pub->endpoint, ep);
	assert_int_equal(killed(ep), 0);
	update(CLIENT(1), "s", STATE, 0);
	prepared(ep, OK);
	report(rp->pub->endpoint, OK);
	assert_int_equal(replies(CLIENT(1)), 1);
	assert_status(reply_status(CLIENT(1)), OK);
	assert_int_not_equal(rp->pub->endpoint, ep);
}

static void
test_a_ready_one_is_replaced(void **state)
{
	struct rproc *rp = asked(0);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	prepared(ep, OK);
	assert_int_equal(killed(ep), 1);
	assert_int_equal(replies(ep), 1); /* its start; it waits for its end */
	assert_int_not_equal(rp->pub->endpoint, ep);
	assert_int_equal(fake_init.type, SEF_INIT_LU);
	assert_int_equal(fake_init.old_endpoint, ep);
	assert_int_equal(replies(CLIENT(0)), 0);
	report(rp->pub->endpoint, OK);
	assert_over(OK);
}

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

/* The next instance fails in some way: the client learns how, and the service
 * comes back as after a crash. */
static void
next_fails(void (*how)(endpoint_t ep), int status)
{
	struct rproc *rp;
	endpoint_t next;

	(void)fake_begin(NULL);
	rp = asked(0);
	prepared(rp->pub->endpoint, OK);
	next = rp->pub->endpoint;
	how(next);
	assert_int_equal(killed(next), 1);
	assert_int_equal(replies(CLIENT(0)), 1);
	assert_status(reply_status(CLIENT(0)), status);
	pass(3 * PERIOD);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	assert_int_equal(fake_init.type, SEF_INIT_RESTART);
	report(rp->pub->endpoint, OK);
	assert_same(rp->pub->endpoint, status);
}

static void
refuse(endpoint_t ep)
{
	report(ep, -EIO);
}

static void
cannot(endpoint_t ep)
{
	report(ep, -ENOSYS); /* not from what was saved; so from nothing */
}

static void
end_early(endpoint_t ep)
{
	leave(ep, OK);
}

static void
say_nothing(endpoint_t ep)
{
	(void)ep;
	pass(12 * PERIOD);
}

static void
test_a_next_one_that_fails(void **state)
{
	(void)state;
	next_fails(refuse, -EIO);
	next_fails(cannot, -ENOSYS);
	next_fails(crash, -EINTR);
	next_fails(end_early, -EPROTO);
	next_fails(say_nothing, -ETIMEDOUT);
}

static void
test_a_second_failure_is_the_last(void **state)
{
	struct rproc *rp = asked(0);

	(void)state;
	prepared(rp->pub->endpoint, OK);
	report(rp->pub->endpoint, -EIO);
	pass(3 * PERIOD);
	report(rp->pub->endpoint, -ENOSYS);
	assert_null(rproc_by_label("s"));
	assert_int_equal(replies(CLIENT(0)), 1);
}

static void
test_no_process_for_the_next(void **state)
{
	int *const failing[] = { &fake_fork_status, &fake_exec_status,
		&fake_allow_status };
	struct rproc *rp;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof failing / sizeof failing[0]; i++) {
		(void)fake_begin(NULL);
		rp = asked(0);
		*failing[i] = -ENOMEM;
		prepared(rp->pub->endpoint, OK);
		assert_over(-ENOMEM);
		*failing[i] = OK;
		update(CLIENT(2), "s", STATE, 0);
		assert_status(reply_status(CLIENT(2)), -EAGAIN);
		pass(2 * PERIOD);
		assert_int_equal(fake_init.type, SEF_INIT_RESTART);
		report(rp->pub->endpoint, OK);
		assert_same(rp->pub->endpoint, -ENOMEM);
	}
}

static void
test_one_that_runs_once_is_replaced_too(void **state)
{
	struct rproc *rp;

	(void)state;
	up(CLIENT(5), "s", RSS_ONCE | RSS_WAIT_END, 0);
	rp = rproc_by_label("s");
	report(rp->pub->endpoint, OK);
	update(CLIENT(0), "s", STATE, 0);
	prepared(rp->pub->endpoint, OK);
	report(rp->pub->endpoint, OK);
	assert_over(OK);
	assert_int_equal(replies(CLIENT(5)), 0);
	leave(rp->pub->endpoint, 7);
	assert_status(reply_status(CLIENT(5)), 7);
	assert_null(rproc_by_label("s"));
}

#define OLD 1 /* sizes tell programs apart */
#define NEW 77

/* The service runs a program, and one other has been forgotten. */
static void
assert_program(uint32_t size, int freed)
{
	assert_int_equal(rproc_by_label("s")->image.size, size);
	assert_int_equal(fake_freed - freed, 1);
}

static void
test_a_new_program_stays_if_it_starts(void **state)
{
	struct rproc *rp = service("s", 0);
	const int freed = fake_freed;

	(void)state;
	update_to(CLIENT(0), "s", STATE, 0, NEW);
	assert_int_equal(rp->image.size, OLD);
	prepared(rp->pub->endpoint, OK);
	assert_int_equal(rp->image.size, NEW);
	report(rp->pub->endpoint, OK);
	assert_over(OK);
	assert_program(NEW, freed);
}

static void
test_the_old_program_comes_back(void **state)
{
	struct rproc *rp = service("s", 0);
	int freed = fake_freed;

	(void)state;
	update_to(CLIENT(0), "s", STATE, 0, NEW);
	prepared(rp->pub->endpoint, -EIO); /* never tried */
	assert_over(-EIO);
	assert_program(OLD, freed);

	(void)fake_begin(NULL);
	rp = service("s", 0);
	freed = fake_freed;
	update_to(CLIENT(0), "s", STATE, 0, NEW);
	prepared(rp->pub->endpoint, OK);
	report(rp->pub->endpoint, -EIO);
	assert_program(OLD, freed);
	report(rp->pub->endpoint, OK);
	assert_over(-EIO);
	update(CLIENT(1), "s", STATE, 0); /* and is not mistaken for new */
	prepared(rp->pub->endpoint, OK);
	report(rp->pub->endpoint, OK);
	assert_program(OLD, freed);

	(void)fake_begin(NULL);
	rp = service("s", 0);
	freed = fake_freed;
	update_to(CLIENT(0), "s", STATE, 0, NEW);
	fake_load_status = -ENOEXEC;
	prepared(rp->pub->endpoint, OK);
	assert_over(-ENOEXEC);
	assert_program(OLD, freed);
}

static void
test_what_is_no_program_is_refused_at_once(void **state)
{
	endpoint_t ep = service("s", 0)->pub->endpoint;
	const int freed = fake_freed;

	(void)state;
	fake_check_status = -ENOEXEC;
	update_to(CLIENT(2), "s", STATE, 0, NEW);
	assert_status(reply_status(CLIENT(2)), -ENOEXEC);
	assert_int_equal(sent(ep, RS_LU_PREPARE), 0);
	assert_program(OLD, freed);
	update(CLIENT(0), "s", STATE, 0);
	prepared(ep, -EIO);
	assert_same(ep, -EIO);
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
		cmocka_unit_test_setup(test_a_ready_one_is_replaced,
		    fake_begin),
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
		cmocka_unit_test_setup(test_a_next_one_that_fails, fake_begin),
		cmocka_unit_test_setup(test_a_second_failure_is_the_last,
		    fake_begin),
		cmocka_unit_test_setup(test_no_process_for_the_next,
		    fake_begin),
		cmocka_unit_test_setup(test_one_that_runs_once_is_replaced_too,
		    fake_begin),
		cmocka_unit_test_setup(test_a_new_program_stays_if_it_starts,
		    fake_begin),
		cmocka_unit_test_setup(test_the_old_program_comes_back,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_what_is_no_program_is_refused_at_once, fake_begin),
		cmocka_unit_test_setup(
		    test_nothing_is_replaced_while_the_system_ends, fake_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
