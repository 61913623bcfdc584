/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of tracing: signals are shown once, and have their effect when
 * the tracer says so. Proves: D3, D4, D15.
 */
#include "servers/pm/test/trace_scene.h"

#include <proto/vfs_pm.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* Nothing has arrived but one signal, so often. */
static void
assert_only(int whom, int sig, int times)
{
	for (int s = 1; s < _NSIG; s++)
		assert_int_equal(book[whom].arrived[s], s == sig ? times : 0);
}

static void
test_each_signal_is_shown_and_held_back(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	at(CHILD)->mask = at(CHILD)->ignored = ~0u; /* it hides from none */
	for (int sig = 1; sig < _NSIG; sig++) {
		if (sig == SIGKILL)
			continue;
		sends(CHILD, sig);
		assert_true(kernel[CHILD].stopped);
		assert_true(trace_is_stopped(at(CHILD)));
		assert_int_equal(look(DEBUGGER, CHILD), stopped_by(sig));
		assert_int_equal(look(DEBUGGER, CHILD), 0);
		assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), OK);
		assert_false(kernel[CHILD].stopped);
		assert_only(CHILD, 0, 0);
	}
}

static void
test_several_are_shown_in_one_stop(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGUSR2);
	sends(CHILD, SIGHUP);
	sends(CHILD, SIGUSR2); /* equal ones are one */
	sends(CHILD, _NSIG - 1);
	assert_int_equal(kernel[CHILD].orders, 1);
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGHUP));
	sends(CHILD, SIGHUP); /* and once more: that one was collected */
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGHUP));
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR2));
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(_NSIG - 1));
	assert_int_equal(look(DEBUGGER, CHILD), 0);
	assert_only(CHILD, 0, 0);
}

static void
test_nobody_without_tracer_is_held(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	assert_false(trace_signal(at(SECOND), SIGUSR1));
	assert_true(trace_signal(at(CHILD), SIGUSR1));
	assert_int_equal(kernel[SECOND].calls, 0);
	sends(SECOND, SIGUSR2);
	assert_only(SECOND, SIGUSR2, 1);
}

static void
test_a_kill_is_shown_to_nobody(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGKILL);
	assert_int_equal(book[CHILD].ends, 1);
	assert_int_equal(book[CHILD].sig, SIGKILL);
	attached(DEBUGGER, SECOND);
	sends(SECOND, SIGUSR1);
	assert_false(trace_signal(at(SECOND), SIGKILL));
	sends(SECOND, SIGKILL);
	assert_int_equal(book[SECOND].ends, 1);
}

/* The stop comes at once, and VFS goes on behind its back. */
static void
test_a_stop_does_not_ask_vfs(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	at(CHILD)->flags |= VFS_CALL;
	at(CHILD)->request = VFS_PM_SETSID;
	sends(CHILD, SIGUSR1);
	assert_true(kernel[CHILD].stopped);
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR1));
	assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), OK);
	assert_false(kernel[CHILD].stopped);
	vfs_answers(CHILD);
	assert_only(CHILD, 0, 0);
}

static void
test_what_is_passed_on_arrives_once(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	for (int i = 1; i <= 2; i++) {
		sends(CHILD, SIGUSR1);
		assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR1));
		assert_status(order(DEBUGGER, T_RESUME, CHILD, SIGUSR2), OK);
		assert_only(CHILD, SIGUSR2, i);
		assert_int_equal(look(DEBUGGER, CHILD), 0); /* not shown */
		assert_false(kernel[CHILD].stopped);
	}
}

static void
test_every_signal_can_be_passed_on(void **state)
{
	static const int ways[] = { T_RESUME, T_STEP, T_SYSCALL, T_DETACH };

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++)
		for (int sig = 1; sig < _NSIG; sig++) {
			if (sig == SIGKILL)
				continue;
			attached(DEBUGGER, CHILD);
			assert_status(order(DEBUGGER, ways[i], CHILD, sig), OK);
			assert_int_equal(book[CHILD].arrived[sig], i + 1);
			if (ways[i] == T_DETACH)
				continue;
			sends(CHILD, SIGUSR1);
			assert_int_equal(look(DEBUGGER, CHILD),
			    stopped_by(SIGUSR1));
			assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
		}
}

/* What waits for a process that is stopped arrives before it runs. */
static void
test_what_was_pending_arrives_first(void **state)
{
	(void)state;
	at(CHILD)->mask = KSIG_BIT(SIGUSR2);
	at(CHILD)->flags |= VFS_CALL;
	sends(CHILD, SIGUSR1); /* before anybody traces it */
	sends(CHILD, SIGUSR2);
	at(CHILD)->flags &= ~(uint32_t)VFS_CALL;
	attached(DEBUGGER, CHILD);
	assert_only(CHILD, 0, 0);
	assert_int_equal(look(DEBUGGER, CHILD), 0); /* and is not shown */
	assert_status(order(DEBUGGER, T_STEP, CHILD, 0), OK);
	assert_only(CHILD, SIGUSR1, 1);
	assert_int_equal(at(CHILD)->pending, KSIG_BIT(SIGUSR2));
	assert_int_equal(kernel[CHILD].mode, T_STEP);
}

static void
test_it_stays_stopped_while_more_is_to_be_shown(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGUSR1);
	sends(CHILD, SIGUSR2);
	kernel[CHILD].mode = 0;
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR1));
	assert_status(order(DEBUGGER, T_STEP, CHILD, SIGUSR1), OK);
	assert_true(kernel[CHILD].stopped);
	assert_true(trace_is_stopped(at(CHILD)));
	assert_only(CHILD, 0, 0);
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR2));
	assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), OK);
	assert_only(CHILD, SIGUSR1, 1); /* the signal was kept ... */
	assert_int_equal(kernel[CHILD].mode, T_RESUME); /* ... not the step */
}

static void
test_what_is_passed_on_waits_for_vfs(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	at(CHILD)->flags |= VFS_CALL;
	at(CHILD)->request = VFS_PM_SETSID;
	sends(CHILD, SIGUSR1);
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR1));
	assert_status(order(DEBUGGER, T_SYSCALL, CHILD, SIGUSR1), OK);
	assert_only(CHILD, 0, 0);
	assert_int_equal(kernel[CHILD].mode, T_SYSCALL);
	vfs_answers(CHILD);
	assert_only(CHILD, SIGUSR1, 1);
	assert_int_equal(look(DEBUGGER, CHILD), 0);
}

/* Whom a signal ends is not let run, and not asked about any more. */
static void
test_what_is_passed_on_may_end_it(void **state)
{
	static const int ways[] = { T_RESUME, T_DETACH };

	(void)state;
	deadly = KSIG_BIT(SIGTERM);
	for (size_t i = 0; i < COUNT(ways); i++) {
		int whom = i == 0 ? CHILD : SECOND;

		traced(DEBUGGER, whom);
		sends(whom, SIGUSR1);
		assert_int_equal(look(DEBUGGER, whom), stopped_by(SIGUSR1));
		assert_status(order(DEBUGGER, ways[i], whom, SIGTERM), OK);
		assert_int_equal(book[whom].ends, 1);
		assert_int_equal(book[whom].sig, SIGTERM);
		assert_int_equal(kernel[whom].orders, 1); /* the stop */
	}
	traced(DEBUGGER, THEIRS);
	sends(THEIRS, SIGUSR1);
	assert_status(order(DEBUGGER, T_DETACH, THEIRS, SIGKILL), OK);
	assert_int_equal(book[THEIRS].ends, 1);
	assert_int_equal(book[THEIRS].arrived[SIGUSR1], 0);
}

static void
test_detaching_loses_no_signal(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGHUP);
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGHUP));
	sends(CHILD, SIGUSR1);
	sends(CHILD, 1);
	sends(CHILD, _NSIG - 1);
	sends(CHILD, SIGTERM);
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(1));
	sends(CHILD, 1);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, SIGUSR2), OK);
	assert_int_equal(book[CHILD].arrived[1], 1); /* of three */
	assert_int_equal(book[CHILD].arrived[SIGTERM], 1);
	assert_int_equal(book[CHILD].arrived[SIGUSR1], 1);
	assert_int_equal(book[CHILD].arrived[SIGUSR2], 1);
	assert_int_equal(book[CHILD].arrived[_NSIG - 1], 1);
	assert_false(kernel[CHILD].stopped);
	attached(PARENT, CHILD);
	assert_int_equal(look(PARENT, CHILD), 0); /* nothing is left */
}

/* First what was sent, then the tracer's: SIGCONT undoes a stop. */
static void
test_the_tracers_signal_is_the_last(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGSTOP);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, SIGCONT), OK);
	assert_only(CHILD, SIGCONT, 1);
}

/* RS would not have it from PM that a service has trapped. */
static void
test_a_trap_is_the_end_of_a_service(void **state)
{
	(void)state;
	traced(DEBUGGER, DRIVER);
	sends(DRIVER, SIGTRAP);
	sends(DRIVER, SIGTERM);
	sends(DRIVER, SIGTRAP + 1);
	assert_status(order(DEBUGGER, T_DETACH, DRIVER, SIGTRAP - 1), OK);
	assert_int_equal(book[DRIVER].ends, 1);
	assert_int_equal(book[DRIVER].sig, SIGKILL);
	assert_int_equal(book[DRIVER].parent_told, 1); /* nobody traces it */
	assert_int_equal(book[DRIVER].arrived[SIGTRAP], 0);
	assert_int_equal(kernel[DRIVER].orders, 1); /* the stop */
	traced(DEBUGGER, VFS_PROC_NR);
	sends(VFS_PROC_NR, SIGTRAP + 1);
	assert_status(order(DEBUGGER, T_DETACH, VFS_PROC_NR, SIGTRAP - 1), OK);
	assert_int_equal(book[VFS_PROC_NR].ends, 0);
	assert_int_equal(book[VFS_PROC_NR].arrived[SIGTRAP + 1], 1);
	assert_int_equal(book[VFS_PROC_NR].arrived[SIGTRAP - 1], 1);
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGTRAP);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	assert_only(CHILD, SIGTRAP, 1);
}

/* SIGSTOP that somebody has sent is no event. */
static void
test_a_stop_that_was_sent_is_not_tracings_own(void **state)
{
	(void)state;
	assert_status(order(DEBUGGER, T_ATTACH, CHILD, 0), OK);
	sends(CHILD, SIGSTOP);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	assert_only(CHILD, SIGSTOP, 1);
}

static void
test_a_tracer_that_waits_is_told_at_once(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	at(CHILD)->uid = 7;
	blocks(DEBUGGER, CHILD);
	sends(CHILD, SIGUSR1);
	assert_int_equal(book[DEBUGGER].replies, 1);
	assert_status(book[DEBUGGER].status, OK);
	assert_int_equal(book[DEBUGGER].wait.pid, at(CHILD)->pid);
	assert_int_equal(book[DEBUGGER].wait.uid, 7);
	assert_int_equal(book[DEBUGGER].wait.status, stopped_by(SIGUSR1));
	assert_int_equal(at(DEBUGGER)->flags, IN_USE);
	assert_true(kernel[CHILD].stopped);
	assert_int_equal(look(DEBUGGER, CHILD), 0);
	sends(CHILD, SIGUSR2); /* it does not wait now */
	assert_int_equal(book[DEBUGGER].replies, 1);
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR2));
	blocks(DEBUGGER, ANYONE); /* the same process, stopped before */
	sends(CHILD, SIGHUP);
	assert_int_equal(book[DEBUGGER].replies, 2);
	assert_int_equal(book[DEBUGGER].wait.status, stopped_by(SIGHUP));
}

static void
test_a_wait_is_for_whom_it_says(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	traced(DEBUGGER, SECOND);
	traced(DEBUGGER, THEIRS);
	traced(PARENT, USER);
	blocks(DEBUGGER, CHILD);
	blocks(PARENT, USER);
	sends(SECOND, SIGUSR1);
	assert_int_equal(book[DEBUGGER].replies, 0);
	assert_true(at(DEBUGGER)->flags & WAITING);
	at(DEBUGGER)->wait_pid = -at(THEIRS)->pgrp; /* for a group */
	sends(SECOND, SIGUSR2);
	assert_int_equal(book[DEBUGGER].replies, 0);
	sends(THEIRS, SIGUSR2);
	assert_int_equal(book[DEBUGGER].replies, 1);
	assert_int_equal(book[DEBUGGER].wait.pid, at(THEIRS)->pid);
	assert_int_equal(book[PARENT].replies, 0); /* it is not the tracer */
	assert_int_equal(look(DEBUGGER, CHILD), 0);
	assert_int_equal(look(DEBUGGER, USER), -ECHILD);
	assert_int_equal(look(DEBUGGER, ANYONE), stopped_by(SIGUSR1));
}

#define CASE(f) cmocka_unit_test_setup(f, scene_begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_each_signal_is_shown_and_held_back),
		CASE(test_several_are_shown_in_one_stop),
		CASE(test_nobody_without_tracer_is_held),
		CASE(test_a_kill_is_shown_to_nobody),
		CASE(test_a_stop_does_not_ask_vfs),
		CASE(test_what_is_passed_on_arrives_once),
		CASE(test_every_signal_can_be_passed_on),
		CASE(test_what_was_pending_arrives_first),
		CASE(test_it_stays_stopped_while_more_is_to_be_shown),
		CASE(test_what_is_passed_on_waits_for_vfs),
		CASE(test_what_is_passed_on_may_end_it),
		CASE(test_detaching_loses_no_signal),
		CASE(test_the_tracers_signal_is_the_last),
		CASE(test_a_trap_is_the_end_of_a_service),
		CASE(test_a_stop_that_was_sent_is_not_tracings_own),
		CASE(test_a_tracer_that_waits_is_told_at_once),
		CASE(test_a_wait_is_for_whom_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
