/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The steps of a start and of an end that PM does: what comes after
 * each, what a failure of each leaves behind, what may happen meanwhile.
 * Proves: B8, C1. */
#include "servers/rs/test/fake.h"

#include <abi/dev.h>
#include <proto/pm_rs.h>
#include <proto/sef.h>
#include <proto/vfs.h>
#include <string.h>

#include "servers/rs/client.h"
#include "servers/rs/pm.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"

#define LOOKS (2 * PERIOD) /* a verdict needs two */

/* PM does one thing only from now on when told to. */
static void
pm_holds(void)
{
	fake_pm_silent = true;
}

/* PM answers so many requests. */
static void
pm_steps(int n)
{
	while (n-- > 0)
		assert_true(pm_step());
}

/* What PM has been asked for so far. */
static int
asked(int type)
{
	return sent(PM_PROC_NR, type);
}

/* RS has rows in use. */
static int
rows(void)
{
	const struct rproc *rp;
	int n = 0;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		n += (rp->flags & RF_IN_USE) != 0;
	return n;
}

static void
test_a_start_goes_step_by_step(void **state)
{
	const struct rproc *rp;

	(void)state;
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	assert_int_equal(asked(PM_RS_IDENTIFY), 1);
	assert_int_equal(rows(), 0); /* nobody knows whose request it is */
	pm_steps(1);
	rp = rproc_by_label("s");
	assert_non_null(rp);
	assert_int_equal(asked(PM_RS_FORK), 1);
	assert_int_equal(rp->pub->endpoint, NONE);
	pm_steps(1);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	assert_int_equal(asked(PM_RS_EXEC), 1);
	assert_int_equal(allowed(rp->pub->endpoint), 0);
	assert_int_equal(sent(rp->pub->endpoint, RS_INIT), 0);
	pm_steps(1);
	assert_int_equal(allowed(rp->pub->endpoint), 1);
	assert_int_equal(sent(rp->pub->endpoint, RS_INIT), 1);
	assert_int_equal(replies(CLIENT(0)), 0);
	report(rp->pub->endpoint, OK);
	assert_status(reply_status(CLIENT(0)), OK);
	assert_false(pm_step()); /* nothing is left to answer */
}

static void
test_who_does_not_wait_is_answered_when_it_runs(void **state)
{
	(void)state;
	pm_holds();
	up(CLIENT(0), "s", RSS_NO_WAIT, 0);
	pm_steps(2);
	assert_int_equal(replies(CLIENT(0)), 0);
	pm_steps(1);
	assert_int_equal(replies(CLIENT(0)), 1);
	assert_status(reply_status(CLIENT(0)), OK);
	report(rproc_by_label("s")->pub->endpoint, OK);
	assert_int_equal(replies(CLIENT(0)), 1);
}

/* What may fail in a start, and whether there is a process by then. */
static const struct {
	int *status;
	int undone;
} failing[] = {
	{ &fake_fork_status, 0 },
	{ &fake_load_status, 1 },
	{ &fake_exec_status, 1 },
	{ &fake_priv_status, 1 },
	{ &fake_vm_status, 1 },
	{ &fake_allow_status, 1 },
};

#define NR_FAILING (sizeof failing / sizeof failing[0])

static void
test_a_new_service_leaves_nothing_behind(void **state)
{
	static const unsigned int flags[] = { 0, RSS_NO_WAIT, RSS_WAIT_END,
		RSS_ONCE | RSS_WAIT_END };
	size_t i, k;

	for (i = 0; i < NR_FAILING; i++) {
		for (k = 0; k < sizeof flags / sizeof flags[0]; k++) {
			(void)fake_begin(state);
			*failing[i].status = -ENOMEM;
			up(CLIENT(0), "s", flags[k], 0);
			assert_int_equal(replies(CLIENT(0)), 1);
			assert_status(reply_status(CLIENT(0)), -ENOMEM);
			assert_int_equal(rows(), 0);
			assert_int_equal(asked(PM_RS_KILL), failing[i].undone);
			pass(100 * PERIOD);
			assert_int_equal(rows(), 0);
			*failing[i].status = OK;
			up(CLIENT(1), "s", RSS_NO_WAIT, 0);
			assert_status(reply_status(CLIENT(1)), OK);
		}
	}
}

static void
test_nobody_is_answered_before_the_process_is_gone(void **state)
{
	(void)state;
	pm_holds();
	fake_exec_status = -E2BIG;
	up(CLIENT(0), "s", 0, 0);
	pm_steps(3);
	assert_int_equal(asked(PM_RS_KILL), 1);
	assert_int_equal(replies(CLIENT(0)), 0);
	assert_int_equal(rows(), 1); /* its label is still taken */
	pm_steps(1);
	assert_status(reply_status(CLIENT(0)), -E2BIG);
	assert_int_equal(rows(), 0);
}

static void
test_a_known_service_is_tried_again_at_last(void **state)
{
	struct rproc *rp;
	size_t i;

	for (i = 0; i < NR_FAILING; i++) {
		(void)fake_begin(state);
		rp = service("s", 0);
		*failing[i].status = -ENOMEM;
		refresh(CLIENT(0), "s");
		leave(rp->pub->endpoint, 0);
		assert_int_equal(replies(CLIENT(0)), 1);
		assert_status(reply_status(CLIENT(0)), -ENOMEM);
		restart(CLIENT(1), "s");
		assert_status(reply_status(CLIENT(1)), -ENOMEM);
		assert_int_equal(rp->pub->endpoint, NONE);
		assert_int_equal(rp->step, STEP_NONE);
		*failing[i].status = OK;
		restart(CLIENT(2), "s");
		report(rp->pub->endpoint, OK);
		assert_status(reply_status(CLIENT(2)), OK);
	}
}

/* Each request about a service that is in a step gets its answer at once. */
static void
assert_busy(int first)
{
	up(CLIENT(first), "s", 0, 0);
	down(CLIENT(first + 1), "s");
	refresh(CLIENT(first + 2), "s");
	restart(CLIENT(first + 3), "s");
	update(CLIENT(first + 4), "s", 1, 0);
}

static void
test_requests_in_a_step_are_refused_once(void **state)
{
	const int first[] = { 10, 20, 30, 40 };
	struct rproc *rp;
	size_t i;
	int k;

	(void)state;
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	pm_steps(1);
	assert_busy(first[0]);
	pm_steps(1); /* a process is made; then PM says who they are */
	pm_steps(5);
	assert_busy(first[1]);
	pm_steps(6); /* its program begins; it initialises */
	rp = rproc_by_label("s");
	assert_busy(first[2]);
	pm_steps(5);
	report(rp->pub->endpoint, OK);
	crash(rp->pub->endpoint);
	assert_busy(first[3]); /* while PM ends it */
	pm_steps(1);           /* and it is started again */
	pm_steps(5);
	for (i = 0; i < sizeof first / sizeof first[0]; i++) {
		for (k = 0; k < 5; k++)
			assert_int_equal(replies(CLIENT(first[i] + k)), 1);
		assert_status(reply_status(CLIENT(first[i])), -EEXIST);
		for (k = 1; k < 5; k++)
			assert_status(reply_status(CLIENT(first[i] + k)),
			    -EBUSY);
	}
	assert_int_equal(replies(CLIENT(0)), 1);
}

static void
test_a_process_that_is_killed_before_it_runs_is_a_failure(void **state)
{
	const struct rproc *rp;

	(void)state;
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	pm_steps(2);
	rp = rproc_by_label("s");
	crash(rp->pub->endpoint);
	assert_int_equal(asked(PM_RS_KILL), 0); /* one thing at a time */
	pm_steps(2);
	assert_int_equal(asked(PM_RS_KILL), 1);
	assert_status(reply_status(CLIENT(0)), -EINTR);
	assert_int_equal(rows(), 0);
}

static void
test_the_end_of_the_system_ends_a_start(void **state)
{
	int steps;

	for (steps = 1; steps <= 2; steps++) {
		(void)fake_begin(state);
		pm_holds();
		up(CLIENT(0), "s", 0, 0);
		pm_steps(steps);
		rs_shutting_down = true;
		fake_pm_silent = false;
		pm_run();
		assert_status(reply_status(CLIENT(0)), -ESHUTDOWN);
		assert_int_equal(rows(), 0);
	}
}

/* It had died, and was to be started again, when the system began to end. */
static void
test_the_end_of_the_system_leaves_the_dead_alone(void **state)
{
	struct rproc *rp = service("s", 0);

	(void)state;
	pm_holds();
	crash(rp->pub->endpoint);
	rs_shutting_down = true;
	pm_steps(1);
	assert_int_equal(rows(), 0);
	assert_int_equal(asked(PM_RS_FORK), 1);
}

static void
test_down_is_answered_when_pm_has_ended_it(void **state)
{
	struct rproc *rp = service("s", 0);

	(void)state;
	down(CLIENT(0), "s");
	pm_holds();
	leave(rp->pub->endpoint, 0);
	assert_int_equal(replies(CLIENT(0)), 0);
	assert_int_equal(rows(), 1);
	pm_steps(1);
	assert_status(reply_status(CLIENT(0)), OK);
	assert_int_equal(rows(), 0);
}

static void
test_what_pm_cannot_end_is_gone_all_the_same(void **state)
{
	struct rproc *rp = service("s", 0);
	endpoint_t before = rp->pub->endpoint;

	(void)state;
	fake_kill_status = -ESRCH;
	crash(before);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	assert_int_not_equal(rp->pub->endpoint, before);
	report(rp->pub->endpoint, OK);
	down(CLIENT(0), "s");
	leave(rp->pub->endpoint, 0);
	assert_status(reply_status(CLIENT(0)), OK);
}

static void
test_a_step_is_no_silence_of_the_service(void **state)
{
	struct rproc *rp;
	endpoint_t ep;

	(void)state;
	pm_holds();
	up(CLIENT(0), "s", 0, 1);
	pm_steps(2);
	rp = rproc_by_label("s");
	ep = rp->pub->endpoint;
	pass(PM_T - 1);
	assert_int_equal(notified(ep), 0);
	pm_steps(1);
	assert_int_equal(allowed(ep), 1);
}

/* For panics(). */
static clock_ticks span;

static void
let_pass(void)
{
	pass(span);
}

/* PM says nothing any more: RS bears it for so long, then names PM. */
static void
assert_silence(clock_ticks limit, const char *words)
{
	span = limit - 1;
	assert_false(panics(let_pass));
	span = LOOKS;
	assert_true(panics(let_pass));
	assert_non_null(strstr(fake_panic, "pm is silent"));
	assert_non_null(strstr(fake_panic, words));
}

static void
test_a_silent_pm_is_named_in_each_step(void **state)
{
	(void)state;
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	assert_silence(PM_T, "who 101 is");

	(void)fake_begin(NULL);
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	pm_steps(1);
	assert_silence(PM_FORK_T, "a new process for s");

	(void)fake_begin(NULL);
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	pm_steps(2);
	assert_silence(PM_T, "the program of s");

	(void)fake_begin(NULL);
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	fake_exec_status = -ENOMEM;
	pm_steps(3);
	assert_silence(PM_T, "the end of a new process of s");

	(void)fake_begin(NULL);
	(void)service("s", 0);
	pm_holds();
	crash(rproc_by_label("s")->pub->endpoint);
	assert_silence(PM_T, "the end of s");
}

static void
answer_one(void)
{
	(void)pm_step();
}

static void
test_a_silent_vfs_is_named(void **state)
{
	(void)state;
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	pm_steps(1);
	fake_fork_status = -ETIMEDOUT; /* PM has waited for VFS in vain */
	assert_true(panics(answer_one));
	assert_non_null(strstr(fake_panic, "vfs is silent"));
	assert_non_null(strstr(fake_panic, "s"));
}

static void
test_what_pm_has_sent_is_seen_before_the_verdict(void **state)
{
	(void)state;
	pm_holds();
	up(CLIENT(0), "s", 0, 0);
	fake_now += 10 * PM_T; /* RS was busy; the answer waits */
	span = 1;
	supervise(fake_now);
	pm_steps(1);
	fake_pm_silent = false;
	pm_run();
	pass(LOOKS);
	assert_non_null(rproc_by_label("s"));
}

static void
test_clients_wait_in_order(void **state)
{
	int i;

	(void)state;
	(void)service("s", 0);
	pm_holds();
	for (i = 0; i < CLIENT_QUEUE; i++)
		down(CLIENT(i), i % 2 == 0 ? "none" : "no");
	down(STRANGER, "s");
	assert_status(reply_status(STRANGER), -EAGAIN); /* no room */
	pm_steps(CLIENT_QUEUE);
	for (i = 0; i < CLIENT_QUEUE; i++)
		assert_status(reply_status(CLIENT(i)), -ESRCH);
	down(STRANGER, "s");
	pm_steps(1);
	assert_status(reply_status(STRANGER), -EPERM);
}

static void
test_numbers_of_boot_services_are_learnt(void **state)
{
	struct rs_getsysinfo_req req = { 0 };
	struct rproc *rp = service("s", 0);
	int before;

	(void)state;
	rp->pid = -1;
	pm_holds();
	request(STRANGER, RS_GETSYSINFO, &req, sizeof req);
	before = asked(PM_RS_IDENTIFY);
	request(CLIENT(0), RS_GETSYSINFO, &req, sizeof req);
	assert_int_equal(asked(PM_RS_IDENTIFY), before + 1); /* who it is */
	pm_steps(2);
	assert_status(reply_status(STRANGER), OK);
	assert_int_equal(rp->pid, endpoint_slot(rp->pub->endpoint));
}

static void
test_answers_to_nothing_are_dropped(void **state)
{
	struct pm_rs_rep rep = { .tag = 0, .status = OK, .ep = 77 };
	struct message m = { .m_source = PM_PROC_NR };
	static const uint32_t tags[] = { 0, 1, NR_SYS_PROCS - 1, NR_SYS_PROCS,
		NR_SYS_PROCS + 1, UINT32_MAX };
	int type;
	size_t i;

	(void)state;
	(void)service("s", 0);
	for (type = PM_RS_FORK; type < PM_RS_IDENTIFY; type++) {
		for (i = 0; i < sizeof tags / sizeof tags[0]; i++) {
			rep.tag = tags[i];
			m.m_type = PM_RS_REPLY(type);
			memcpy(m.m_body, &rep, sizeof rep);
			pm_answer(&m);
		}
	}
	assert_int_equal(rows(), 1);
	assert_int_equal(rproc_by_label("s")->step, STEP_NONE);
}

/* Users may say that they end: they are no services. */
static void
test_strangers_end_nothing(void **state)
{
	struct rproc *rp = service("s", 0);

	(void)state;
	leave(CLIENT(0), OK);
	assert_status(reply_status(CLIENT(0)), -EPERM);
	assert_int_equal(rows(), 1);
	assert_int_not_equal(rp->pub->endpoint, NONE);
}

/* A driver that may still fail is nobody's yet. */
static void
test_a_driver_is_mapped_when_it_is_ready(void **state)
{
	const struct rproc *rp;

	(void)state;
	drive(CLIENT(0), "s", NR_MAJORS - 1, RS_DEV_CHAR);
	rp = rproc_by_label("s");
	assert_non_null(rp);
	assert_int_equal(sent(rp->pub->endpoint, RS_INIT), 1);
	pass(PERIOD);
	assert_int_equal(sent(VFS_PROC_NR, VFS_MAPDRIVER), 0);
	report(rp->pub->endpoint, OK);
	assert_int_equal(sent(VFS_PROC_NR, VFS_MAPDRIVER), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_a_start_goes_step_by_step,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_who_does_not_wait_is_answered_when_it_runs,
		    fake_begin),
		cmocka_unit_test(test_a_new_service_leaves_nothing_behind),
		cmocka_unit_test_setup(
		    test_nobody_is_answered_before_the_process_is_gone,
		    fake_begin),
		cmocka_unit_test(test_a_known_service_is_tried_again_at_last),
		cmocka_unit_test_setup(test_requests_in_a_step_are_refused_once,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_a_process_that_is_killed_before_it_runs_is_a_failure,
		    fake_begin),
		cmocka_unit_test(test_the_end_of_the_system_ends_a_start),
		cmocka_unit_test_setup(
		    test_the_end_of_the_system_leaves_the_dead_alone,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_down_is_answered_when_pm_has_ended_it, fake_begin),
		cmocka_unit_test_setup(
		    test_what_pm_cannot_end_is_gone_all_the_same, fake_begin),
		cmocka_unit_test_setup(test_a_step_is_no_silence_of_the_service,
		    fake_begin),
		cmocka_unit_test_setup(test_a_silent_pm_is_named_in_each_step,
		    fake_begin),
		cmocka_unit_test_setup(test_a_silent_vfs_is_named, fake_begin),
		cmocka_unit_test_setup(
		    test_what_pm_has_sent_is_seen_before_the_verdict,
		    fake_begin),
		cmocka_unit_test_setup(test_clients_wait_in_order, fake_begin),
		cmocka_unit_test_setup(test_numbers_of_boot_services_are_learnt,
		    fake_begin),
		cmocka_unit_test_setup(test_answers_to_nothing_are_dropped,
		    fake_begin),
		cmocka_unit_test_setup(test_strangers_end_nothing, fake_begin),
		cmocka_unit_test_setup(test_a_driver_is_mapped_when_it_is_ready,
		    fake_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
