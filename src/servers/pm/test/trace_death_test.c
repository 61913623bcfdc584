/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of tracing: ends of processes, of tracers, and by order.
 * Proves: D5, D7.
 */
#include "servers/pm/test/trace_scene.h"

#include <proto/vfs_pm.h>

#define EXITED(code) ((code) << 8)

static void
test_the_tracer_hears_first(void **state)
{
	(void)state;
	traced(DEBUGGER, THEIRS);
	at(THEIRS)->uid = 7;
	ends(THEIRS, 42);
	assert_int_equal(book[THEIRS].parent_told, 0);
	assert_int_equal(look(PARENT, THEIRS), -ECHILD); /* not its tracer */
	assert_int_equal(book[DEBUGGER].replies, 0);
	assert_int_equal(look(DEBUGGER, THEIRS), EXITED(42));
	assert_int_equal(book[THEIRS].parent_told, 1);
	assert_int_equal(look(DEBUGGER, THEIRS), -ECHILD);
	assert_int_equal(look(DEBUGGER, ANYONE), -ECHILD);
	assert_int_equal(book[THEIRS].parent_told, 1);
	/* It is as if it had never been traced. */
	assert_int_equal(at(THEIRS)->tracer, NO_TRACER);
	assert_int_equal(at(THEIRS)->flags,
	    IN_USE | EXITING | VFS_CALL | ZOMBIE);
}

/* When the parent is told the slot may be free. */
static void
test_the_tracer_hears_before_the_slot_is_free(void **state)
{
	(void)state;
	forgets = true;
	traced(DEBUGGER, THEIRS);
	ends(THEIRS, 42);
	assert_int_equal(look(DEBUGGER, THEIRS), EXITED(42));
	assert_int_equal(at(THEIRS)->flags, 0);
	assert_int_equal(look(DEBUGGER, ANYONE), -ECHILD);
}

static void
test_a_tracer_that_waits_hears_at_once(void **state)
{
	(void)state;
	traced(DEBUGGER, THEIRS);
	blocks(DEBUGGER, THEIRS);
	ends(THEIRS, 42);
	assert_int_equal(book[DEBUGGER].replies, 1);
	assert_status(book[DEBUGGER].status, OK);
	assert_int_equal(book[DEBUGGER].wait.pid, at(THEIRS)->pid);
	assert_int_equal(book[DEBUGGER].wait.status, EXITED(42));
	assert_false(at(DEBUGGER)->flags & WAITING);
	assert_int_equal(book[THEIRS].parent_told, 1);
	assert_int_equal(look(DEBUGGER, THEIRS), -ECHILD);
}

static void
test_a_tracer_that_waits_for_another_is_let_wait(void **state)
{
	(void)state;
	traced(DEBUGGER, THEIRS);
	traced(DEBUGGER, CHILD);
	blocks(DEBUGGER, CHILD);
	ends(THEIRS, 42);
	assert_int_equal(book[DEBUGGER].replies, 0);
	assert_int_equal(book[THEIRS].parent_told, 0);
	assert_true(at(DEBUGGER)->flags & WAITING);
	assert_int_equal(look(DEBUGGER, ANYONE), EXITED(42));
	assert_int_equal(book[THEIRS].parent_told, 1);
}

/* Who is both hears it once, as the parent. */
static void
test_a_tracer_that_is_the_parent_hears_once(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	ends(CHILD, 42);
	assert_int_equal(book[CHILD].parent_told, 1);
	assert_int_equal(look(DEBUGGER, CHILD), 0); /* as a tracer, nothing */
	assert_int_equal(book[CHILD].parent_told, 1);
	at(CHILD)->flags &= ~(uint32_t)ZOMBIE;
	at(CHILD)->flags |= TOLD_PARENT; /* collected: VFS has it still */
	assert_int_equal(look(DEBUGGER, CHILD), -ECHILD);
	ends(SECOND, 1); /* nobody traces it */
	assert_int_equal(book[SECOND].parent_told, 1);
	assert_int_equal(look(DEBUGGER, SECOND), -ECHILD);
}

static void
test_an_end_takes_the_place_of_stops(void **state)
{
	(void)state;
	traced(DEBUGGER, THEIRS);
	sends(THEIRS, SIGUSR1);
	sends(THEIRS, SIGUSR2);
	sends(THEIRS, SIGKILL);
	assert_int_equal(look(DEBUGGER, THEIRS), SIGKILL);
	assert_int_equal(look(DEBUGGER, THEIRS), -ECHILD);
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGUSR1);
	sends(CHILD, SIGKILL);
	assert_int_equal(look(DEBUGGER, CHILD), 0);
}

static void
test_what_a_dead_tracer_traced_is_killed(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);    /* runs */
	attached(DEBUGGER, SECOND); /* is stopped */
	traced(DEBUGGER, USER);     /* VFS has it */
	at(USER)->flags |= VFS_CALL;
	at(USER)->request = VFS_PM_SETSID;
	attached(PARENT, THEIRS);
	ends(DEBUGGER, 0);
	assert_int_equal(book[CHILD].sig, SIGKILL);
	assert_int_equal(book[SECOND].sig, SIGKILL);
	assert_int_equal(book[USER].ends, 0);
	vfs_answers(USER);
	assert_int_equal(book[USER].sig, SIGKILL);
	assert_int_equal(book[USER].ends, 1);
	assert_int_equal(book[CHILD].parent_told, 1);
	assert_int_equal(book[USER].parent_told, 1);
	assert_int_equal(book[THEIRS].ends, 0); /* another's */
	assert_true(trace_is_stopped(at(THEIRS)));
	assert_int_equal(book[OWN].ends, 0); /* nobody's */
}

/* A tracer that is traced itself: the end goes on. */
static void
test_deaths_bring_deaths(void **state)
{
	(void)state;
	traced(PARENT, DEBUGGER);
	attached(DEBUGGER, OWN);
	ends(PARENT, 0);
	assert_int_equal(book[DEBUGGER].sig, SIGKILL);
	assert_int_equal(book[OWN].sig, SIGKILL);
	assert_int_equal(book[OWN].ends, 1);
}

static void
test_a_dead_tracer_leaves_no_end_untold(void **state)
{
	(void)state;
	traced(DEBUGGER, THEIRS);
	ends(THEIRS, 42);
	assert_int_equal(book[THEIRS].parent_told, 0);
	ends(DEBUGGER, 0);
	assert_int_equal(book[THEIRS].parent_told, 1);
	assert_int_equal(book[THEIRS].ends, 1);
	assert_int_equal(at(THEIRS)->exit_status, 42);
	assert_int_equal(at(THEIRS)->flags,
	    IN_USE | EXITING | VFS_CALL | ZOMBIE);
}

static void
test_a_service_goes_on_without_its_tracer(void **state)
{
	(void)state;
	attached(DEBUGGER, VFS_PROC_NR);
	traced(DEBUGGER, DRIVER);
	sends(DRIVER, SIGTERM);
	assert_status(order(DEBUGGER, T_EXIT, DRIVER, 0), -EPERM);
	assert_int_equal(book[DRIVER].ends, 0);
	ends(DEBUGGER, 0);
	assert_int_equal(book[VFS_PROC_NR].ends, 0);
	assert_int_equal(book[DRIVER].ends, 0);
	assert_false(kernel[VFS_PROC_NR].stopped);
	assert_false(kernel[DRIVER].stopped || kernel[DRIVER].traced);
	assert_false(trace_is_traced(at(VFS_PROC_NR)));
	assert_false(trace_is_traced(at(DRIVER)));
	assert_int_equal(book[DRIVER].arrived[SIGTERM], 1); /* was sent */
	assert_int_equal(at(VFS_PROC_NR)->pending, 0);
	assert_int_equal(book[VFS_PROC_NR].arrived[SIGHUP], 0);
}

static void
test_a_service_that_runs_goes_on_untraced(void **state)
{
	(void)state;
	traced(DEBUGGER, DRIVER);
	ends(DEBUGGER, 0);
	assert_int_equal(book[DRIVER].ends, 0);
	assert_false(kernel[DRIVER].traced);
	assert_false(trace_is_traced(at(DRIVER)));
}

static void
test_an_exit_by_order_is_answered_when_it_is_done(void **state)
{
	(void)state;
	attached(DEBUGGER, THEIRS);
	assert_status(order(DEBUGGER, T_EXIT, THEIRS, 42), SUSPEND);
	assert_int_equal(book[THEIRS].ends, 1);
	assert_int_equal(book[THEIRS].code, 42);
	assert_int_equal(book[THEIRS].sig, 0);
	assert_int_equal(book[DEBUGGER].replies, 0);
	assert_status(order(DEBUGGER, T_EXIT, THEIRS, 43), -ESRCH);
	vfs_answers(THEIRS);
	assert_int_equal(book[DEBUGGER].replies, 1);
	assert_status(book[DEBUGGER].status, OK);
	trace_exit_done(at(THEIRS));
	assert_int_equal(book[DEBUGGER].replies, 1); /* once */
	assert_int_equal(look(DEBUGGER, THEIRS), EXITED(42));
}

/* VFS may be about to change what it knows of the process. */
static void
test_an_exit_by_order_waits_for_vfs(void **state)
{
	(void)state;
	attached(DEBUGGER, CHILD);
	at(CHILD)->flags |= VFS_CALL;
	at(CHILD)->request = VFS_PM_SETSID;
	assert_status(order(DEBUGGER, T_EXIT, CHILD, 42), SUSPEND);
	assert_int_equal(book[CHILD].ends, 0);
	assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), -EBUSY);
	assert_status(order(DEBUGGER, T_EXIT, CHILD, 43), -EBUSY);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), -EBUSY);
	at(CHILD)->flags &= ~(uint32_t)VFS_CALL;
	assert_true(trace_exit_due(at(CHILD)));
	assert_int_equal(book[CHILD].ends, 1);
	assert_int_equal(book[CHILD].code, 42);
	assert_int_equal(book[DEBUGGER].replies, 0);
	vfs_answers(CHILD);
	assert_int_equal(book[DEBUGGER].replies, 1);
	assert_status(book[DEBUGGER].status, OK);
	assert_int_equal(at(CHILD)->flags, IN_USE | EXITING | ZOMBIE);
}

static void
test_nobody_exits_without_order(void **state)
{
	(void)state;
	attached(DEBUGGER, CHILD);
	assert_false(trace_exit_due(at(CHILD)));
	assert_false(trace_exit_due(at(SECOND)));
	assert_int_equal(book[CHILD].ends, 0);
	ends(CHILD, 1);
	vfs_answers(CHILD); /* nobody has ordered that */
	assert_int_equal(book[DEBUGGER].replies, 0);
}

static void
test_a_dead_tracer_is_not_answered(void **state)
{
	(void)state;
	attached(DEBUGGER, CHILD);
	at(CHILD)->flags |= VFS_CALL;
	at(CHILD)->request = VFS_PM_SETSID;
	assert_status(order(DEBUGGER, T_EXIT, CHILD, 42), SUSPEND);
	attached(DEBUGGER, SECOND);
	assert_status(order(DEBUGGER, T_EXIT, SECOND, 43), SUSPEND);
	ends(DEBUGGER, 0);
	vfs_answers(SECOND);
	vfs_answers(CHILD);
	vfs_answers(CHILD);
	assert_int_equal(book[DEBUGGER].replies, 0);
	assert_int_equal(book[SECOND].code, 43);
	assert_int_equal(book[SECOND].ends, 1);
	assert_int_equal(book[CHILD].ends, 1);
}

#define CASE(f) cmocka_unit_test_setup(f, scene_begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_the_tracer_hears_first),
		CASE(test_the_tracer_hears_before_the_slot_is_free),
		CASE(test_a_tracer_that_waits_hears_at_once),
		CASE(test_a_tracer_that_waits_for_another_is_let_wait),
		CASE(test_a_tracer_that_is_the_parent_hears_once),
		CASE(test_an_end_takes_the_place_of_stops),
		CASE(test_what_a_dead_tracer_traced_is_killed),
		CASE(test_deaths_bring_deaths),
		CASE(test_a_dead_tracer_leaves_no_end_untold),
		CASE(test_a_service_goes_on_without_its_tracer),
		CASE(test_a_service_that_runs_goes_on_untraced),
		CASE(test_an_exit_by_order_is_answered_when_it_is_done),
		CASE(test_an_exit_by_order_waits_for_vfs),
		CASE(test_nobody_exits_without_order),
		CASE(test_a_dead_tracer_is_not_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
