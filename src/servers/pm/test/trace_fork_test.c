/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of tracing: children, new programs, and the options that say what
 * becomes of them. Proves: D6, D8.
 */
#include "servers/pm/test/trace_scene.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void
test_a_child_is_not_traced_unasked(void **state)
{
	struct mproc *child;

	(void)state;
	traced(DEBUGGER, CHILD);
	assert_status(order(CHILD, T_OK, NOBODY, 0), -EBUSY);
	sends(CHILD, SIGUSR1);
	assert_status(order(DEBUGGER, T_SETOPT, CHILD, TO_ALTEXEC | TO_NOEXEC),
	    OK);
	child = forks(CHILD);
	assert_false(trace_is_traced(child));
	assert_false(trace_is_stopped(child));
	assert_int_equal(kernel[UNUSED].calls, 0);
	assert_int_equal(look(DEBUGGER, UNUSED), -ECHILD);
	sends(UNUSED, SIGHUP);
	assert_false(kernel[UNUSED].stopped);
	/* Its parent is as it was. */
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR1));
	assert_true(trace_is_stopped(at(CHILD)));
}

static void
test_nothing_is_left_of_the_parents_tracing(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGUSR1);
	assert_status(order(DEBUGGER, T_SETOPT, CHILD, TO_NOEXEC), OK);
	(void)forks(CHILD);
	assert_status(order(UNUSED, T_OK, NOBODY, 0), OK); /* by CHILD */
	assert_int_equal(look(CHILD, UNUSED), 0);          /* no SIGUSR1 */
	trace_exec(at(UNUSED));
	assert_int_equal(look(CHILD, UNUSED), stopped_by(SIGTRAP));
}

static void
test_a_child_is_traced_on_demand(void **state)
{
	struct mproc *child;

	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGUSR1);
	assert_status(order(DEBUGGER, T_SETOPT, CHILD, TO_TRACEFORK), OK);
	child = forks(CHILD);
	assert_true(tracer_is(at(DEBUGGER), child));
	assert_true(trace_is_stopped(child));
	assert_true(kernel[UNUSED].traced && kernel[UNUSED].stopped);
	assert_int_equal(look(DEBUGGER, UNUSED), stopped_by(SIGSTOP));
	assert_int_equal(look(DEBUGGER, UNUSED), 0); /* no SIGUSR1 */
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR1));
	assert_int_equal(look(CHILD, UNUSED), -ECHILD);
}

/* The stop of a child is nobody's signal. */
static void
test_a_child_that_is_let_go_gets_no_signal(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGSTOP);
	assert_status(order(DEBUGGER, T_SETOPT, CHILD, TO_TRACEFORK), OK);
	(void)forks(CHILD);
	assert_status(order(DEBUGGER, T_DETACH, UNUSED, 0), OK);
	vfs_answers(UNUSED);
	assert_int_equal(book[UNUSED].arrived[SIGSTOP], 0);
	assert_int_equal(at(UNUSED)->pending, 0);
	assert_false(kernel[UNUSED].stopped || kernel[UNUSED].traced);
}

static void
test_a_tracer_that_waits_is_told_of_a_child(void **state)
{
	(void)state;
	attached(DEBUGGER, CHILD);
	assert_status(order(DEBUGGER, T_SETOPT, CHILD, TO_TRACEFORK), OK);
	assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), OK);
	blocks(DEBUGGER, ANYONE);
	(void)forks(CHILD);
	assert_int_equal(book[DEBUGGER].replies, 1);
	assert_int_equal(book[DEBUGGER].wait.pid, at(UNUSED)->pid);
	assert_int_equal(book[DEBUGGER].wait.status, stopped_by(SIGSTOP));
	assert_int_equal(book[CHILD].replies, 0);
}

static void
test_a_child_has_its_parents_options(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGUSR1);
	assert_status(
	    order(DEBUGGER, T_SETOPT, CHILD, TO_TRACEFORK | TO_ALTEXEC), OK);
	(void)forks(CHILD);
	assert_int_equal(look(DEBUGGER, UNUSED), stopped_by(SIGSTOP));
	assert_status(order(DEBUGGER, T_RESUME, UNUSED, 0), OK);
	trace_exec(at(UNUSED));
	assert_int_equal(look(DEBUGGER, UNUSED), stopped_by(SIGSTOP));
}

static void
test_a_child_of_nobodys_is_nobodys(void **state)
{
	(void)state;
	assert_false(trace_is_traced(forks(PARENT)));
	assert_int_equal(kernel[UNUSED].calls, 0);
}

/* What a program stops with, for each set of options. */
static void
test_a_program_stops_as_the_options_say(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	for (uint32_t options = 0; options <= TO_ALL; options++) {
		int sig = (options & TO_ALTEXEC) != 0 ? SIGSTOP : SIGTRAP;
		bool stops = (options & TO_NOEXEC) == 0;

		sends(CHILD, SIGUSR1);
		assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGUSR1));
		assert_status(
		    order(DEBUGGER, T_SETOPT, CHILD, (int32_t)options), OK);
		assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), OK);
		trace_exec(at(CHILD));
		assert_int_equal(kernel[CHILD].stopped, stops);
		assert_int_equal(trace_is_stopped(at(CHILD)), stops);
		assert_int_equal(look(DEBUGGER, CHILD),
		    stops ? stopped_by(sig) : 0);
		if (stops)
			assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), OK);
	}
	trace_exec(at(PARENT));
	assert_int_equal(kernel[PARENT].calls, 0);
}

static void
test_no_stop_of_tracing_is_anybodys_signal(void **state)
{
	(void)state;
	assert_status(order(DEBUGGER, T_ATTACH, CHILD, 0), OK); /* SIGSTOP */
	assert_status(order(DEBUGGER, T_SETOPT, CHILD, 0), OK);
	trace_exec(at(CHILD)); /* SIGTRAP, and neither is collected */
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	for (int sig = 1; sig < _NSIG; sig++)
		assert_int_equal(book[CHILD].arrived[sig], 0);
	assert_int_equal(at(CHILD)->pending, 0);
}

static void
test_the_trap_of_a_program_is_nobodys_signal(void **state)
{
	(void)state;
	assert_status(order(CHILD, T_OK, NOBODY, 0), OK);
	trace_exec(at(CHILD));
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	assert_int_equal(book[CHILD].arrived[SIGTRAP], 0);
	assert_false(kernel[CHILD].stopped);
}

/* But one that was sent is, be it before the event or after it. */
static void
test_a_signal_that_was_sent_stays_one_for_a_program(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	sends(CHILD, SIGUSR1);
	assert_status(order(DEBUGGER, T_SETOPT, CHILD, TO_ALTEXEC), OK);
	sends(CHILD, SIGSTOP);
	trace_exec(at(CHILD));
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGSTOP));
	trace_exec(at(CHILD)); /* this one was not */
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	assert_int_equal(book[CHILD].arrived[SIGSTOP], 0);
	traced(DEBUGGER, SECOND);
	sends(SECOND, SIGSTOP);
	assert_status(order(DEBUGGER, T_SETOPT, SECOND, TO_ALTEXEC), OK);
	trace_exec(at(SECOND));
	assert_status(order(DEBUGGER, T_DETACH, SECOND, 0), OK);
	assert_int_equal(book[SECOND].arrived[SIGSTOP], 1);
}

/* Options are those of one tracing. */
static void
test_each_tracing_begins_with_its_own_options(void **state)
{
	(void)state;
	assert_status(order(CHILD, T_OK, NOBODY, 0), OK);
	assert_false(trace_is_traced(forks(CHILD))); /* T_OK: none */
	trace_exec(at(CHILD));
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGTRAP));
	assert_status(
	    order(DEBUGGER, T_SETOPT, CHILD, TO_ALTEXEC | TO_TRACEFORK), OK);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	traced(DEBUGGER, CHILD); /* T_ATTACH: TO_NOEXEC */
	trace_exec(at(CHILD));
	assert_false(kernel[CHILD].stopped);
	assert_false(trace_is_traced(forks(CHILD)));
	sends(CHILD, SIGUSR1);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	assert_status(order(CHILD, T_OK, NOBODY, 0), OK); /* none again */
	trace_exec(at(CHILD));
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGTRAP));
}

static void
test_options_that_are_none_change_nothing(void **state)
{
	static const int32_t bad[] = { TO_ALL + 1, -1, INT32_MIN,
		TO_ALL + 1 + TO_NOEXEC };

	(void)state;
	attached(DEBUGGER, CHILD);
	assert_status(order(DEBUGGER, T_SETOPT, CHILD, TO_ALTEXEC), OK);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_status(order(DEBUGGER, T_SETOPT, CHILD, bad[i]),
		    -EINVAL);
	assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), OK);
	trace_exec(at(CHILD));
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGSTOP));
}

#define CASE(f) cmocka_unit_test_setup(f, scene_begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_a_child_is_not_traced_unasked),
		CASE(test_nothing_is_left_of_the_parents_tracing),
		CASE(test_a_child_is_traced_on_demand),
		CASE(test_a_child_that_is_let_go_gets_no_signal),
		CASE(test_a_tracer_that_waits_is_told_of_a_child),
		CASE(test_a_child_has_its_parents_options),
		CASE(test_a_child_of_nobodys_is_nobodys),
		CASE(test_a_program_stops_as_the_options_say),
		CASE(test_no_stop_of_tracing_is_anybodys_signal),
		CASE(test_the_trap_of_a_program_is_nobodys_signal),
		CASE(test_a_signal_that_was_sent_stays_one_for_a_program),
		CASE(test_each_tracing_begins_with_its_own_options),
		CASE(test_options_that_are_none_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
