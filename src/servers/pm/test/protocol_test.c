/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM and VFS, when VFS answers late, in any order, or twice, and whoever is
 * concerned dies in the middle. Proves: D1, D11, D14.
 */
#include "servers/pm/test/model.h"

#include <string.h>

#include <abi/ptrace.h>

#include "servers/pm/signal.h"
#include "test/unit/status.h"

#define MANY (NR_PROCS - 8) /* more than can be had */

static int
wait_for_any(int slot, int options)
{
	const struct pm_wait_req req = { -1, options };

	return model_call(slot, PM_WAIT, &req, sizeof req);
}

static int
trace_request(int slot, int request, int whom, int data)
{
	const struct pm_ptrace_req req = { .request = request,
		.pid = mproc[whom].pid,
		.data = data };

	return model_call(slot, PM_PTRACE, &req, sizeof req);
}

static void
exits(int slot)
{
	const struct pm_exit_req req = { 3 };

	(void)model_call(slot, PM_EXIT, &req, sizeof req);
}

static void
execs(int slot)
{
	const struct pm_exec_req req = { .path_len = 2, .frame_len = 4 };

	assert_status(model_call(slot, PM_EXEC, &req, sizeof req), SUSPEND);
}

/* VFS answers all that there is, and init collects everybody. */
static void
settle(void)
{
	const int init = model_init();
	int before;

	do {
		while (model_vfs_waiting() > 0) {
			(void)model_vfs_answer(0, OK);
			model_check();
		}
		before = model_used();
		if (model_runs(init))
			(void)wait_for_any(init, PM_WNOHANG);
		model_check();
	} while (model_used() < before || model_vfs_waiting() > 0);
}

/* Nothing is left but init and the services. */
static void
all_gone(void)
{
	settle();
	assert_int_equal(model_used(), 5);
}

/* Requests of each kind are under way at once. */
static const int kinds[] = { VFS_PM_FORK, VFS_PM_EXEC, VFS_PM_SETUID,
	VFS_PM_SETSID, VFS_PM_EXIT };

#define KINDS 5

static int
begin_kind(int kind)
{
	const struct pm_setid_req id = { 0, 0 };
	int slot = model_fork(model_init());

	switch (kinds[kind]) {
	case VFS_PM_FORK:
		(void)model_call(slot, PM_FORK, NULL, 0);
		break;
	case VFS_PM_EXEC:
		execs(slot);
		break;
	case VFS_PM_SETUID:
		(void)model_call(slot, PM_SETID, &id, sizeof id);
		break;
	case VFS_PM_SETSID:
		(void)model_call(slot, PM_SETSID, NULL, 0);
		break;
	default:
		exits(slot);
		break;
	}
	assert_true(model_vfs_waiting() > 0);
	return slot;
}

/* Order number n of the answers: places in what is left. */
static void
answer_in_order(int n)
{
	for (int left = KINDS; left > 0; left--) {
		(void)model_vfs_answer(n % left, OK);
		model_check();
		n /= left;
	}
}

/* In all orders. */
static void
test_answers_come_in_any_order(void **state)
{
	for (int order = 0; order < 120; order++) {
		int slot[KINDS];

		(void)model_begin(state);
		for (int i = 0; i < KINDS; i++) {
			slot[i] = begin_kind(i);
			mproc[slot[i]].pgrp = INIT_PID; /* may setsid() */
		}
		answer_in_order(order);
		for (int i = 0; i < KINDS - 1; i++)
			assert_true(model_runs(slot[i]));
		assert_int_equal(model_vfs_waiting(), 0);
		assert_int_equal(model_strays, 0);
	}
}

/* The same answer again is nobody's, and changes nothing. */
static void
test_the_second_answer_is_nobodys(void **state)
{
	static struct mproc before[NR_PROCS];

	for (int kind = 0; kind < KINDS; kind++) {
		(void)model_begin(state);
		(void)begin_kind(kind);
		(void)model_vfs_answer(0, OK);
		memcpy(before, mproc, sizeof before);
		model_vfs_again();
		assert_int_equal(model_strays, 1);
		assert_memory_equal(before, mproc, sizeof before);
		model_check();
	}
}

/* Nor is an answer to another question. */
static void
test_a_wrong_answer_is_nobodys(void **state)
{
	int slot;

	(void)state;
	slot = model_fork(model_init());
	execs(slot);
	for (int nr = VFS_PM_SETUID; nr < VFS_PM_END; nr++)
		if (nr != VFS_PM_EXEC)
			model_vfs_wrong(slot, nr);
	assert_int_equal(model_strays, VFS_PM_END - VFS_PM_SETUID - 1);
	assert_int_equal(model_vfs_has(slot), VFS_PM_EXEC);
	model_check();
	model_vfs_about(slot);
	assert_true(model_runs(slot));
}

/* Who dies, and when, in the course of a fork or exec. */
enum victim {
	PARENT,
	CHILD,
	BOTH,
	TRACER,
	VICTIMS
};

static void
kill_victim(enum victim victim, int parent, int child, int tracer)
{
	const int init = model_init();

	if (victim == PARENT || victim == BOTH)
		assert_status(model_kill(init, parent, SIGKILL), OK);
	if (victim == CHILD || victim == BOTH)
		assert_status(model_kill(init, child, SIGKILL), OK);
	if (victim == TRACER)
		assert_status(model_kill(init, tracer, SIGKILL), OK);
	model_check();
}

/* Let a process that is traced go on after its stop. */
static void
traced_by(int tracer, int slot)
{
	const struct pm_wait_req req = { mproc[slot].pid, 0 };

	assert_status(trace_request(tracer, T_ATTACH, slot, 0), OK);
	assert_status(model_call(tracer, PM_WAIT, &req, sizeof req), OK);
	assert_status(
	    trace_request(tracer, T_SETOPT, slot, TO_TRACEFORK | TO_ALTEXEC),
	    OK);
	assert_status(trace_request(tracer, T_RESUME, slot, 0), OK);
}

static void
end_all(void)
{
	const int init = model_init();

	settle();
	for (int slot = 0; slot < NR_PROCS; slot++)
		if (slot != init && model[slot].alive &&
		    (mproc[slot].flags & (PRIV_PROC | EXITING)) == 0)
			assert_status(model_kill(init, slot, SIGKILL), OK);
	all_gone();
}

/* A fork, traced or not; somebody dies before VFS has answered or after. */
static void
test_death_in_fork(void **state)
{
	for (int i = 0; i < VICTIMS * 4; i++) {
		const bool late = i % 2, traced = i / 2 % 2;
		int parent, child, tracer;

		(void)model_begin(state);
		parent = model_fork(model_init());
		tracer = model_fork(model_init());
		if (traced)
			traced_by(tracer, parent);
		(void)model_call(parent, PM_FORK, NULL, 0);
		child = late ? model_vfs_answer(0, OK) : NR_PROCS;
		for (int slot = 0; slot < NR_PROCS; slot++)
			if (model_vfs_has(slot) == VFS_PM_FORK)
				child = slot;
		kill_victim((enum victim)(i / 4), parent, child, tracer);
		end_all();
		assert_int_equal(model_strays, 0);
	}
}

/* An exec that ends in each way. */
static void
test_death_in_exec(void **state)
{
	static const struct {
		int status, replaced;
	} ends[] = { { OK, 1 }, { -ENOENT, 0 }, { -ENOMEM, 1 } };

	for (int i = 0; i < VICTIMS * 12; i++) {
		const bool late = i % 2, traced = i / 2 % 2;
		int parent, child, tracer;

		(void)model_begin(state);
		model_exec = ends[i / 4 % 3].status;
		model_replaced = ends[i / 4 % 3].replaced;
		parent = model_fork(model_init());
		child = model_fork(parent);
		tracer = model_fork(model_init());
		if (traced)
			traced_by(tracer, child);
		execs(child);
		if (late)
			model_vfs_about(child);
		kill_victim((enum victim)(i / 12), parent, child, tracer);
		end_all();
		assert_int_equal(model_strays, 0);
	}
}

/* What becomes of the caller. */
static void
test_exec_fails_before_and_after(void **state)
{
	const struct pm_wait_req any = { -1, PM_WNOHANG };
	int slot;

	(void)state;
	slot = model_fork(model_init());
	model_exec = -ENOENT;
	execs(slot);
	model_vfs_about(slot);
	assert_true(model_runs(slot));
	assert_status(model[slot].status, -ENOENT);
	model_replaced = 1;
	execs(slot);
	model_vfs_about(slot);
	assert_true(mproc[slot].flags & EXITING);
	assert_int_equal(mproc[slot].exit_signal, SIGKILL);
	assert_status(model_call(model_init(), PM_WAIT, &any, sizeof any), OK);
	all_gone();
}

/* Nobody comes to be traced in the middle: VFS has not been told. */
static void
test_nobody_attaches_in_exec(void **state)
{
	int slot, tracer;

	(void)state;
	slot = model_fork(model_init());
	tracer = model_fork(model_init());
	execs(slot);
	assert_status(trace_request(tracer, T_ATTACH, slot, 0), -EBUSY);
	model_vfs_about(slot);
	assert_status(trace_request(tracer, T_ATTACH, slot, 0), OK);
}

/* init waits; the answer to the fork of a dead process is none for it. */
static void
test_an_orphans_fork_answers_the_child_alone(void **state)
{
	const int init = model_init();
	int killer, parent, child = 0;

	(void)state;
	killer = model_fork(init);
	parent = model_fork(init);
	(void)model_call(parent, PM_FORK, NULL, 0);
	for (int slot = 0; slot < NR_PROCS; slot++)
		if (model_vfs_has(slot) == VFS_PM_FORK)
			child = slot;
	assert_status(wait_for_any(init, 0), SUSPEND);
	assert_status(model_kill(killer, parent, SIGKILL), OK);
	assert_true(model_runs(init)); /* of the parent's death */
	model_vfs_about(parent);
	assert_status(wait_for_any(init, 0), SUSPEND);
	model_vfs_about(child);
	assert_true(model_runs(child));
	assert_true(mproc[init].flags & WAITING);
	model_check();
}

/* As many as there are die at once, twice. */
static void
test_everybody_dies_at_once(void **state)
{
	const int init = model_init();

	(void)state;
	for (int round = 0; round < 2; round++) {
		int n = 0;

		while (n < MANY) {
			if (model_call(init, PM_FORK, NULL, 0) != SUSPEND)
				break;
			(void)model_vfs_answer(0, OK);
			n++;
		}
		for (int slot = 0; slot < NR_PROCS; slot++)
			if (slot != init && model_runs(slot))
				assert_status(model_kill(init, slot, SIGKILL),
				    OK);
		assert_int_equal(model_vfs_waiting(), n);
		while (model_vfs_waiting() > 0)
			(void)model_vfs_answer(model_vfs_waiting() / 2, OK);
		all_gone();
	}
}

/* A process that catches two signals. */
static int
catcher(void)
{
	const int slot = model_fork(model_init());

	for (int sig = SIGUSR1; sig <= SIGUSR2; sig++) {
		const struct pm_sigaction_req action = { .sig = sig,
			.set = 1,
			.handler = 0x1000 };

		assert_status(
		    model_call(slot, PM_SIGACTION, &action, sizeof action), OK);
	}
	return slot;
}

static void
sends_both(int slot)
{
	const int init = model_init();

	assert_status(model_kill(init, slot, SIGUSR1), OK);
	assert_status(model_kill(init, slot, SIGUSR2), OK);
}

/* Both of two that are unblocked at once, before it goes on. */
static void
test_all_that_is_unblocked_is_delivered(void **state)
{
	struct pm_sigprocmask_req mask = { PM_SIG_SETMASK,
		KSIG_BIT(SIGUSR1) | KSIG_BIT(SIGUSR2) };
	int slot;

	(void)state;
	slot = catcher();
	assert_status(model_call(slot, PM_SIGPROCMASK, &mask, sizeof mask), OK);
	sends_both(slot);
	assert_true(model_runs(slot));
	mask.set = 0;
	(void)model_call(slot, PM_SIGPROCMASK, &mask, sizeof mask);
	assert_false(model_runs(slot));
	model_vfs_about(slot);
	assert_int_equal(model[slot].frames, 2);
	assert_true(model_runs(slot));
}

/* Signals wait while a fork is at VFS, and do not end it, even if the parent
 * is stopped and continued meanwhile. */
static void
test_signals_wait_for_a_fork(void **state)
{
	const int init = model_init();
	int slot;

	(void)state;
	slot = catcher();
	(void)model_call(slot, PM_FORK, NULL, 0);
	sends_both(slot);
	assert_status(model_kill(init, slot, SIGSTOP), OK);
	assert_status(model_kill(init, slot, SIGCONT), OK);
	model_check();
	assert_int_equal(model[slot].frames, 0);
	(void)model_vfs_answer(0, OK);
	assert_status(model[slot].status, OK);
	assert_int_equal(model_vfs_has(slot), VFS_PM_UNPAUSE);
	model_vfs_about(slot);
	assert_int_equal(model[slot].frames, 2);
	assert_true(model_runs(slot));
}

/* Nothing that is pending is the child's. */
static void
test_a_child_has_no_signals(void **state)
{
	const struct pm_sigprocmask_req mask = { PM_SIG_SETMASK,
		KSIG_BIT(SIGUSR1) | KSIG_BIT(SIGUSR2) };
	int slot, child;

	(void)state;
	slot = catcher();
	assert_status(model_call(slot, PM_SIGPROCMASK, &mask, sizeof mask), OK);
	sends_both(slot);
	child = model_fork(slot);
	assert_int_equal(mproc[child].pending, 0);
	assert_int_equal(mproc[child].mask, mask.set);
	assert_int_equal(mproc[slot].pending, mask.set);
}

/* A tracer that has ordered an exit is answered when nothing is left of the
 * process, be that in the middle of something that VFS has to do. */
static void
test_an_ordered_exit_is_answered_last(void **state)
{
	const struct pm_wait_req any = { -1, PM_WNOHANG };

	for (int busy = 0; busy < 2; busy++) {
		int slot, tracer;

		(void)model_begin(state);
		slot = model_fork(model_init());
		tracer = model_fork(model_init());
		traced_by(tracer, slot);
		if (busy)
			execs(slot);
		assert_status(model_kill(model_init(), slot, SIGTERM), OK);
		assert_status(model_call(tracer, PM_WAIT, &any, sizeof any),
		    OK);
		assert_status(trace_request(tracer, T_EXIT, slot, 9), SUSPEND);
		if (busy)
			model_vfs_about(slot);
		assert_int_equal(model_vfs_has(slot), VFS_PM_EXIT);
		assert_int_equal(mproc[slot].exit_status, 9);
		model_check();
		model_vfs_about(slot);
		assert_false(model[slot].alive);
		assert_status(model[tracer].status, OK);
		assert_true(model_runs(tracer));
	}
}

/* A request to PM that is on its way when a handler is to run becomes one to
 * VFS: the process is stopped until that is answered, too. */
static void
test_a_delayed_request_becomes_one_to_vfs(void **state)
{
	const struct pm_setid_req id = { 0, 0 };
	int slot;

	(void)state;
	slot = catcher();
	model_send(slot, PM_SETID, &id, sizeof id);
	assert_status(model_kill(model_init(), slot, SIGUSR1), OK);
	assert_int_equal(model[slot].frames, 0);
	model_arrive(slot);
	assert_int_equal(model_vfs_has(slot), VFS_PM_SETUID);
	model_check();
	assert_true(model[slot].stopped);
	model_vfs_about(slot);
	assert_int_equal(model_vfs_has(slot), VFS_PM_UNPAUSE);
	assert_int_equal(model[slot].frames, 0);
	model_vfs_about(slot);
	assert_int_equal(model[slot].frames, 1);
	assert_true(model_runs(slot));
}

/* Its next call can be interrupted as this one was. */
static void
test_every_call_is_brought_to_an_end(void **state)
{
	int slot;

	(void)state;
	slot = catcher();
	for (int i = 0; i < 3; i++) {
		const struct pm_sigreturn_req back = { 0 };

		model_read(slot);
		assert_status(model_kill(model_init(), slot, SIGUSR1), OK);
		assert_int_equal(model_vfs_has(slot), VFS_PM_UNPAUSE);
		model_vfs_about(slot);
		assert_int_equal(model[slot].frames, 1);
		assert_true(model_runs(slot));
		(void)model_call(slot, PM_SIGRETURN, &back, sizeof back);
		assert_int_equal(model[slot].frames, 0);
	}
}

/* What a process has asked when it is killed is not done, nor answered. */
static void
test_a_request_of_the_dead_is_dropped(void **state)
{
	int slot, answers;

	(void)state;
	slot = model_fork(model_init());
	model_send(slot, PM_FORK, NULL, 0);
	answers = model[slot].answers;
	assert_status(model_kill(model_init(), slot, SIGKILL), OK);
	assert_int_equal(model_vfs_has(slot), VFS_PM_EXIT); /* not delayed */
	model_arrive(slot);
	assert_int_equal(model_vfs_waiting(), 1);
	assert_int_equal(model[slot].answers, answers);
	all_gone();
}

#define CASE(f) cmocka_unit_test_setup(f, model_begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_answers_come_in_any_order),
		CASE(test_the_second_answer_is_nobodys),
		CASE(test_a_wrong_answer_is_nobodys),
		CASE(test_death_in_fork),
		CASE(test_death_in_exec),
		CASE(test_exec_fails_before_and_after),
		CASE(test_nobody_attaches_in_exec),
		CASE(test_an_orphans_fork_answers_the_child_alone),
		CASE(test_everybody_dies_at_once),
		CASE(test_all_that_is_unblocked_is_delivered),
		CASE(test_signals_wait_for_a_fork),
		CASE(test_a_child_has_no_signals),
		CASE(test_an_ordered_exit_is_answered_last),
		CASE(test_a_delayed_request_becomes_one_to_vfs),
		CASE(test_every_call_is_brought_to_an_end),
		CASE(test_a_request_of_the_dead_is_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
