/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of tracing: who may trace whom, which error comes first, stopping
 * and letting run. Proves: D8.
 */
#include "servers/pm/test/trace_scene.h"

#include <proto/vfs_pm.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* Requests about a process that is stopped for the caller. */
static const int controls[] = { T_GETINS, T_GETDATA, T_GETUSER, T_SETINS,
	T_SETDATA, T_SETUSER, T_RESUME, T_EXIT, T_STEP, T_SYSCALL, T_DETACH,
	T_SETOPT, T_GETRANGE, T_SETRANGE };

static void
test_what_is_no_request_is_refused_first(void **state)
{
	const int others[] = { INT32_MIN, T_STOP, T_SETRANGE + 1, 99,
		T_READB_INS, T_WRITEB_INS, INT32_MAX };

	(void)state;
	attached(DEBUGGER, CHILD);
	for (size_t i = 0; i < COUNT(others); i++) {
		assert_status(order(DEBUGGER, others[i], NOBODY, 0), -EINVAL);
		assert_status(order(DEBUGGER, others[i], CHILD, 0), -EINVAL);
	}
	assert_true(kernel[CHILD].stopped);
}

/* All of these come before the arguments are looked at. */
static void
test_a_request_needs_a_stopped_process_of_its_tracer(void **state)
{
	(void)state;
	traced(DEBUGGER, CHILD);
	attached(PARENT, THEIRS);
	at(SECOND)->flags |= EXITING;
	for (size_t i = 0; i < COUNT(controls); i++) {
		int r = controls[i], bad = -1, calls = kernel[CHILD].calls;

		assert_status(order(DEBUGGER, r, NOBODY, bad), -ESRCH);
		assert_status(order(DEBUGGER, r, SECOND, bad), -ESRCH);
		assert_status(order(DEBUGGER, r, THEIRS, bad), -ESRCH);
		assert_status(order(DEBUGGER, r, OWN, bad), -ESRCH);
		assert_status(order(PARENT, r, CHILD, bad), -ESRCH);
		assert_status(order(CHILD, r, CHILD, bad), -ESRCH);
		assert_status(order(DEBUGGER, r, CHILD, bad), -EBUSY);
		assert_int_equal(kernel[CHILD].calls, calls);
	}
	assert_int_equal(asked.copies, 0);
	assert_true(trace_is_stopped(at(THEIRS)));
	assert_int_equal(kernel[THEIRS].orders, 1);
}

static void
test_nobody_traces_a_process_that_has_ended(void **state)
{
	(void)state;
	attached(DEBUGGER, CHILD);
	ends(CHILD, 0);
	for (size_t i = 0; i < COUNT(controls); i++)
		assert_status(order(DEBUGGER, controls[i], CHILD, 0), -ESRCH);
}

static void
test_a_process_has_its_parent_trace_it(void **state)
{
	(void)state;
	assert_status(order(CHILD, T_OK, NOBODY, 0), OK);
	assert_true(trace_is_traced(at(CHILD)));
	assert_true(tracer_is(at(DEBUGGER), at(CHILD)));
	assert_false(trace_is_stopped(at(CHILD)));
	assert_true(kernel[CHILD].traced);
	assert_false(kernel[CHILD].stopped);
	assert_int_equal(look(DEBUGGER, CHILD), 0);
	assert_status(order(CHILD, T_OK, NOBODY, 0), -EBUSY);
	assert_false(trace_is_traced(at(SECOND)));
	at(PARENT)->pid = INIT_PID + 1; /* the first that is not init */
	assert_status(order(THEIRS, T_OK, NOBODY, 0), OK);
}

static void
test_some_parents_trace_nobody(void **state)
{
	(void)state;
	assert_status(order(USER, T_OK, NOBODY, 0), -EPERM); /* init's */
	assert_status(order(DRIVER, T_OK, NOBODY, 0), -EPERM);
	assert_false(trace_is_traced(at(USER)));
	attached(DEBUGGER, USER);
	assert_status(order(USER, T_OK, NOBODY, 0), -EBUSY);
}

static void
test_attaching_stops_at_once(void **state)
{
	(void)state;
	assert_status(order(DEBUGGER, T_ATTACH, THEIRS, 0), OK);
	assert_true(trace_is_traced(at(THEIRS)));
	assert_true(tracer_is(at(DEBUGGER), at(THEIRS)));
	assert_false(tracer_is(at(PARENT), at(THEIRS)));
	assert_true(trace_is_stopped(at(THEIRS)));
	assert_true(kernel[THEIRS].traced && kernel[THEIRS].stopped);
	assert_int_equal(book[THEIRS].arrived[SIGSTOP], 0);
	assert_int_equal(look(DEBUGGER, THEIRS), stopped_by(SIGSTOP));
	assert_int_equal(look(DEBUGGER, THEIRS), 0);
	assert_true(trace_is_stopped(at(THEIRS)));
	assert_int_equal(look(PARENT, THEIRS), -ECHILD);
}

static void
test_attaching_asks_in_order(void **state)
{
	(void)state;
	assert_status(order(USER, T_ATTACH, NOBODY, 0), -ESRCH);
	at(CHILD)->flags |= EXITING;
	assert_status(order(USER, T_ATTACH, CHILD, 0), -ESRCH);
	attached(DEBUGGER, THEIRS);
	assert_status(order(USER, T_ATTACH, THEIRS, 0), -EPERM);
	assert_status(order(PARENT, T_ATTACH, THEIRS, 0), -EBUSY);
	assert_status(order(DEBUGGER, T_ATTACH, THEIRS, 0), -EBUSY);
	assert_true(tracer_is(at(DEBUGGER), at(THEIRS)));
}

/* A program that is about to begin may have rights that its tracer has not. */
static void
test_nobody_is_attached_to_in_exec(void **state)
{
	struct mproc *mp = at(CHILD);

	(void)state;
	mp->flags |= VFS_CALL;
	mp->request = VFS_PM_EXEC;
	assert_status(order(DEBUGGER, T_ATTACH, CHILD, 0), -EBUSY);
	assert_false(trace_is_traced(mp));
	assert_status(order(USER, T_ATTACH, CHILD, 0), -EPERM);
	mp->request = VFS_PM_FORK;
	assert_status(order(DEBUGGER, T_ATTACH, CHILD, 0), OK);
	mp = at(SECOND); /* its exec is over */
	mp->request = VFS_PM_EXEC;
	assert_status(order(DEBUGGER, T_ATTACH, SECOND, 0), OK);
}

static void
test_the_superuser_traces_nearly_all(void **state)
{
	static const int never[] = { PM_PROC_NR, RS_PROC_NR, VM_PROC_NR,
		INIT_PROC_NR, DEBUGGER };
	static const int may[] = { VFS_PROC_NR, DRIVER, CHILD, THEIRS, PARENT,
		USER, OWN };

	(void)state;
	for (size_t i = 0; i < COUNT(never); i++) {
		int slot = never[i];

		assert_status(order(DEBUGGER, T_ATTACH, slot, 0), -EPERM);
		assert_false(trace_is_traced(at(slot)));
		assert_int_equal(kernel[slot].calls, 0);
	}
	for (size_t i = 0; i < COUNT(may); i++)
		assert_status(order(DEBUGGER, T_ATTACH, may[i], 0), OK);
	assert_status(order(DRIVER, T_ATTACH, SECOND, 0), -EPERM);
	assert_status(order(VFS_PROC_NR, T_ATTACH, SECOND, 0), -EPERM);
}

/* Give a process identities; 7 is the user's. */
static void
identify(struct mproc *mp, int which, uint32_t id)
{
	uint32_t *const fields[] = { &mp->uid, &mp->euid, &mp->gid, &mp->egid };

	for (int i = 0; i < 4; i++)
		*fields[i] = i == which ? id : 7;
}

static void
test_a_user_traces_what_was_always_its_own(void **state)
{
	static const uint32_t others[] = { 0, 8 };

	(void)state;
	for (size_t i = 0; i < COUNT(others) * 4; i++) {
		identify(at(OWN), (int)i / 2, others[i % 2]);
		assert_status(order(USER, T_ATTACH, OWN, 0), -EPERM);
	}
	identify(at(OWN), -1, 0);
	at(OWN)->uid = at(OWN)->gid = 8; /* both */
	assert_status(order(USER, T_ATTACH, OWN, 0), -EPERM);
	identify(at(OWN), -1, 0);
	at(OWN)->uid = at(OWN)->euid = 8; /* another of the group */
	assert_status(order(USER, T_ATTACH, OWN, 0), -EPERM);
	identify(at(OWN), -1, 0);
	at(OWN)->gid = at(OWN)->egid = 8; /* the user, in another group */
	assert_status(order(USER, T_ATTACH, OWN, 0), -EPERM);
	for (int i = 0; i < 4; i++)
		(&at(OWN)->uid)[i] = 8; /* all another's */
	assert_status(order(USER, T_ATTACH, OWN, 0), -EPERM);
	identify(at(OWN), -1, 0);
	at(OWN)->flags |= PRIV_PROC;
	assert_status(order(USER, T_ATTACH, OWN, 0), -EPERM);
	at(OWN)->flags &= ~(uint32_t)PRIV_PROC;
	assert_status(order(USER, T_ATTACH, USER, 0), -EPERM);
	assert_status(order(USER, T_ATTACH, OWN, 0), OK);
}

/* It is who a process acts as that counts. */
static void
test_a_user_is_its_effective_ids(void **state)
{
	(void)state;
	at(USER)->uid = 0;
	assert_status(order(USER, T_ATTACH, CHILD, 0), -EPERM);
	at(USER)->gid = 8;
	assert_status(order(USER, T_ATTACH, OWN, 0), OK);
	at(USER)->euid = 0; /* whatever its group */
	assert_status(order(USER, T_ATTACH, CHILD, 0), OK);
}

static void
test_each_way_to_go_on_is_the_kernels(void **state)
{
	static const int ways[] = { T_RESUME, T_STEP, T_SYSCALL };
	static const int whom[] = { CHILD, THEIRS, USER };

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		int it = whom[i];

		attached(DEBUGGER, it);
		assert_status(order(DEBUGGER, ways[i], it, 0), OK);
		assert_false(trace_is_stopped(at(it)));
		assert_true(trace_is_traced(at(it)));
		assert_false(kernel[it].stopped);
		assert_true(kernel[it].traced);
		assert_int_equal(kernel[it].mode, ways[i]);
		assert_int_equal(look(DEBUGGER, it), 0);
		assert_status(order(DEBUGGER, ways[i], it, 0), -EBUSY);
		assert_int_equal(kernel[it].orders, 2);
		for (int sig = 1; sig < _NSIG; sig++)
			assert_int_equal(book[it].arrived[sig], 0);
	}
}

static void
test_what_is_no_signal_is_refused(void **state)
{
	static const int ways[] = { T_RESUME, T_STEP, T_SYSCALL, T_DETACH };
	static const int bad[] = { -1, _NSIG, INT32_MAX, INT32_MIN };

	(void)state;
	attached(DEBUGGER, CHILD);
	for (size_t i = 0; i < COUNT(ways) * COUNT(bad); i++)
		assert_status(order(DEBUGGER, ways[i / COUNT(bad)], CHILD,
				  bad[i % COUNT(bad)]),
		    -EINVAL);
	assert_true(kernel[CHILD].stopped && kernel[CHILD].traced);
	assert_true(trace_is_stopped(at(CHILD)));
	assert_int_equal(kernel[CHILD].orders, 1);
}

static void
test_detaching_leaves_nothing(void **state)
{
	(void)state;
	attached(DEBUGGER, CHILD);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	assert_false(trace_is_traced(at(CHILD)));
	assert_false(trace_is_stopped(at(CHILD)));
	assert_false(kernel[CHILD].stopped || kernel[CHILD].traced);
	assert_int_equal(kernel[CHILD].mode, T_DETACH);
	assert_int_equal(look(DEBUGGER, CHILD), -ECHILD);
	assert_status(order(DEBUGGER, T_RESUME, CHILD, 0), -ESRCH);
	assert_int_equal(book[CHILD].arrived[SIGSTOP], 0);
	assert_status(order(PARENT, T_ATTACH, CHILD, 0), OK);
	assert_int_equal(look(PARENT, CHILD), stopped_by(SIGSTOP));
}

/* What attaching has raised, and nobody collected, is nobody's. */
static void
test_attach_and_detach_at_once_is_nothing(void **state)
{
	(void)state;
	deadly = KSIG_BIT(SIGSTOP);
	assert_status(order(DEBUGGER, T_ATTACH, CHILD, 0), OK);
	assert_status(order(DEBUGGER, T_DETACH, CHILD, 0), OK);
	assert_int_equal(book[CHILD].arrived[SIGSTOP], 0);
	assert_false(kernel[CHILD].stopped);
	assert_int_equal(look(DEBUGGER, CHILD), -ECHILD);
	assert_status(order(DEBUGGER, T_ATTACH, CHILD, 0), OK);
	assert_int_equal(look(DEBUGGER, CHILD), stopped_by(SIGSTOP));
	assert_int_equal(look(DEBUGGER, CHILD), 0);
}

#define CASE(f) cmocka_unit_test_setup(f, scene_begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_what_is_no_request_is_refused_first),
		CASE(test_a_request_needs_a_stopped_process_of_its_tracer),
		CASE(test_nobody_traces_a_process_that_has_ended),
		CASE(test_a_process_has_its_parent_trace_it),
		CASE(test_some_parents_trace_nobody),
		CASE(test_attaching_stops_at_once),
		CASE(test_attaching_asks_in_order),
		CASE(test_nobody_is_attached_to_in_exec),
		CASE(test_the_superuser_traces_nearly_all),
		CASE(test_a_user_traces_what_was_always_its_own),
		CASE(test_a_user_is_its_effective_ids),
		CASE(test_each_way_to_go_on_is_the_kernels),
		CASE(test_what_is_no_signal_is_refused),
		CASE(test_detaching_leaves_nothing),
		CASE(test_attach_and_detach_at_once_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
