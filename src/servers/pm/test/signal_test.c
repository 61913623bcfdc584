/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What becomes of a signal, with kernel and VFS played by fakes.
 * Proves: D11 (PM asks VFS at most one thing about a process at a time, and
 * goes on when the answer comes).
 *
 * This file is long because it has one rule after another about the same
 * process, in one pair of fakes.
 */

#include "servers/pm/signal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <lacuna/syslib.h>
#include <proto/pm.h>

#include "servers/pm/exit.h"
#include "servers/pm/proc.h"
#include "servers/pm/stop.h"
#include "servers/pm/timer.h"
#include "servers/pm/trace.h"
#include "servers/pm/vfs.h"
#include "servers/pm/wait.h"

#define PARENT 5 /* of the process; in its session, in another group */

/* What PM did. */
static int stops, resumes, delay_result, unpauses, frames, frame_result;
static int exits, exit_sig, exit_dump, replies, reply_status, kills;
static struct sigmsg first_frame, last_frame;
static int told; /* the parent, of stops and continues */
static struct mproc *mp;

struct mproc mproc[NR_PROCS];

bool
trace_signal(struct mproc *p, int sig)
{
	(void)p, (void)sig;
	return false;
}

bool
trace_is_stopped(const struct mproc *p)
{
	(void)p;
	return false;
}

bool
trace_exit_due(struct mproc *p)
{
	(void)p;
	return false;
}

int
sys_stop(endpoint_t ep)
{
	(void)ep;
	stops++;
	return OK;
}

int
sys_delay_stop(endpoint_t ep)
{
	(void)ep;
	return delay_result;
}

int
sys_resume(endpoint_t ep)
{
	(void)ep;
	resumes++;
	return OK;
}

int
sys_sigsend(endpoint_t ep, const struct sigmsg *msg)
{
	(void)ep;
	if (frames++ == 0)
		first_frame = *msg;
	last_frame = *msg;
	return frame_result;
}

int
sys_kill(endpoint_t ep, int sig)
{
	(void)ep, (void)sig;
	kills++;
	return OK;
}

void
tell_vfs(struct mproc *p, int nr, struct vfs_pm_req *req)
{
	(void)nr, (void)req;
	assert_false(p->flags & VFS_CALL);
	p->flags |= VFS_CALL;
	p->flags &= ~(uint32_t)UNPAUSED;
	unpauses++;
}

void
exit_proc(struct mproc *p, int status, int sig, bool dump)
{
	(void)status;
	assert_false(p->flags & (EXITING | VFS_CALL));
	p->flags |= EXITING;
	exits++;
	exit_sig = sig;
	exit_dump = dump;
}

void
proc_reply(struct mproc *p, int status, const void *rep, size_t size)
{
	(void)p, (void)rep, (void)size;
	replies++;
	reply_status = status;
}

void
proc_check(const struct mproc *p)
{
	if (p->flags & UNPAUSED)
		assert_true(
		    (p->flags & (PROC_STOPPED | VFS_CALL)) == PROC_STOPPED);
}

struct mproc *
proc_by_ep(endpoint_t ep)
{
	return ep == mp->ep ? mp : NULL;
}

void
wait_news(struct mproc *child)
{
	assert_ptr_equal(child, mp);
	told++;
}

void
timers_rearm(struct mproc *p, int sig)
{
	(void)p, (void)sig;
}

/* VFS answers: the process is in no call. */
static void
vfs_unpaused(void)
{
	mp->flags &= ~(uint32_t)VFS_CALL;
	mp->flags |= UNPAUSED;
	restart_sigs(mp);
}

static void catch (int sig)
{
	mp->caught |= KSIG_BIT(sig);
	mp->action[sig].handler = 0x400100;
}

static int
setup(void **state)
{
	(void)state;
	stops = resumes = unpauses = frames = exits = replies = kills = 0;
	delay_result = frame_result = OK;
	told = 0;
	memset(mproc, 0, sizeof mproc);
	memset(slots_used, 0, sizeof slots_used);
	mproc[PARENT] = (struct mproc){ .pid = 50, .pgrp = 50, .sid = 50 };
	proc_enter(&mproc[PARENT]);
	mp = &mproc[20];
	*mp = (struct mproc){ .ep = 42,
		.pid = 60,
		.pgrp = 60,
		.sid = 50,
		.parent = PARENT };
	proc_enter(mp);
	return 0;
}

static void
test_default_action_ends_the_process(void **state)
{
	(void)state;
	sig_raise(mp, SIGTERM, false);
	assert_int_equal(exits, 1);
	assert_int_equal(exit_sig, SIGTERM);
	assert_false(exit_dump);
}

static void
test_some_defaults_are_to_do_nothing(void **state)
{
	(void)state;
	sig_raise(mp, SIGCHLD, false);
	sig_raise(mp, SIGCONT, false);
	assert_int_equal(exits, 0);
	assert_int_equal(mp->pending, 0);
}

static void
test_ignored_comes_before_blocked(void **state)
{
	(void)state;
	mp->ignored = mp->mask = KSIG_BIT(SIGUSR1);
	sig_raise(mp, SIGUSR1, false);
	assert_int_equal(mp->pending, 0);
	mp->ignored = 0;
	sig_raise(mp, SIGUSR1, false);
	assert_int_equal(mp->pending, KSIG_BIT(SIGUSR1));
}

static void
test_a_fault_cannot_be_blocked_but_kill_can(void **state)
{
	(void)state;
	mp->mask = KSIG_BIT(SIGSEGV);
	sig_raise(mp, SIGSEGV, false);
	assert_int_equal(exits, 0);
	sig_raise(mp, SIGSEGV, true);
	assert_int_equal(exits, 1);
	assert_true(exit_dump);
}

static void
test_a_handler_waits_for_vfs(void **state)
{
	(void)state;
	catch (SIGUSR1);
	sig_raise(mp, SIGUSR1, false);
	assert_int_equal(unpauses, 1);
	assert_int_equal(frames, 0);
	vfs_unpaused();
	assert_int_equal(frames, 1);
	assert_int_equal(resumes, 1);
	assert_int_equal(mp->pending, 0);
	assert_true(mp->mask & KSIG_BIT(SIGUSR1));
	assert_int_equal(last_frame.sm_mask, 0);
}

static void
test_all_handlers_are_stacked_before_it_goes_on(void **state)
{
	(void)state;
	catch (SIGUSR1);
	catch (SIGUSR2);
	sig_raise(mp, SIGUSR1, false);
	sig_raise(mp, SIGUSR2, false);
	assert_int_equal(unpauses, 1);
	vfs_unpaused();
	assert_int_equal(frames, 2);
	assert_int_equal(resumes, 1);
}

static void
test_a_message_in_transit_goes_first(void **state)
{
	(void)state;
	catch (SIGUSR1);
	delay_result = -EBUSY;
	sig_raise(mp, SIGUSR1, false);
	assert_true(mp->flags & DELAY_CALL);
	assert_int_equal(unpauses, 0);
	delay_result = OK;
	sig_ready(mp);
	assert_int_equal(unpauses, 1);
	vfs_unpaused();
	assert_int_equal(frames, 1);
}

static void
test_a_delayed_request_may_become_one_to_vfs(void **state)
{
	(void)state;
	catch (SIGUSR1);
	delay_result = -EBUSY;
	sig_raise(mp, SIGUSR1, false);
	mp->flags |= VFS_CALL; /* it was setuid */
	sig_ready(mp);
	assert_int_equal(stops, 1);
	mp->flags &= ~(uint32_t)VFS_CALL;
	restart_sigs(mp);
	assert_int_equal(unpauses, 1);
	vfs_unpaused();
	assert_int_equal(frames, 1);
}

static void
test_a_late_ready_signal_is_ignored(void **state)
{
	(void)state;
	catch (SIGUSR1);
	mp->pending = KSIG_BIT(SIGUSR1);
	sig_ready(mp);
	assert_int_equal(unpauses, 0);
}

static void
test_sigsuspend_ends_with_eintr_and_its_old_mask(void **state)
{
	(void)state;
	catch (SIGUSR1);
	mp->flags |= SIGSUSPENDED;
	mp->saved_mask = KSIG_BIT(SIGUSR2);
	sig_raise(mp, SIGUSR1, false);
	assert_int_equal(replies, 1);
	assert_int_equal(reply_status, -EINTR);
	assert_int_equal(last_frame.sm_mask, KSIG_BIT(SIGUSR2));
	assert_int_equal(unpauses, 0);
	assert_int_equal(resumes, 1);
	assert_false(mp->flags & (SIGSUSPENDED | PROC_STOPPED));
}

static void
test_a_stack_without_room_is_the_end(void **state)
{
	(void)state;
	catch (SIGUSR1);
	frame_result = -EFAULT;
	sig_raise(mp, SIGUSR1, false);
	vfs_unpaused();
	assert_int_equal(exits, 1);
	assert_int_equal(exit_sig, SIGUSR1);
}

static void
test_resethand_and_nodefer(void **state)
{
	(void)state;
	catch (SIGUSR1);
	mp->action[SIGUSR1].flags = PM_SA_RESETHAND | PM_SA_NODEFER;
	sig_raise(mp, SIGUSR1, false);
	vfs_unpaused();
	assert_int_equal(mp->mask, 0);
	assert_int_equal(mp->caught, 0);
}

static void
test_kill_waits_for_an_outstanding_request(void **state)
{
	(void)state;
	mp->flags |= VFS_CALL;
	sig_raise(mp, SIGKILL, false);
	assert_int_equal(exits, 0);
	assert_int_equal(stops, 1);
	mp->flags &= ~(uint32_t)VFS_CALL;
	restart_sigs(mp);
	assert_int_equal(exits, 1);
	assert_int_equal(resumes, 0);
}

static void
test_a_parent_is_answered_before_its_handler(void **state)
{
	(void)state;
	catch (SIGUSR1);
	mp->flags |= FORKING; /* VFS has its child */
	sig_raise(mp, SIGUSR1, false);
	assert_int_equal(stops, 1);
	assert_int_equal(unpauses, 0);
	restart_sigs(mp);
	assert_int_equal(unpauses, 0); /* whatever else happens */
	mp->flags &= ~(uint32_t)FORKING;
	restart_sigs(mp);
	assert_int_equal(unpauses, 1);
	vfs_unpaused();
	assert_int_equal(frames, 1);
	assert_int_equal(resumes, 1);
}

static void
test_a_stop_is_told_and_holds_until_it_goes_on(void **state)
{
	static const int sigs[] = { SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU };
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		sig_raise(mp, sigs[i], false);
		assert_true(mp->flags & STOPPED);
		assert_true(mp->flags & PROC_STOPPED);
		assert_int_equal(mp->stop_signal, sigs[i]);
		assert_int_equal(told, 2 * i + 1);
		assert_int_equal(unpauses, i + 1); /* it may take nothing */
		vfs_unpaused();
		proc_resume(mp); /* whatever else happens */
		restart_sigs(mp);
		assert_int_equal(resumes, i);
		sig_raise(mp, SIGCONT, false);
		assert_false(mp->flags & (STOPPED | PROC_STOPPED | STOP_NEWS));
		assert_int_equal(resumes, i + 1);
		assert_int_equal(told, 2 * i + 2);
	}
	assert_int_equal(exits, 0);
}

static void
test_signals_wait_for_one_that_is_stopped_but_kill(void **state)
{
	(void)state;
	catch (SIGUSR1);
	sig_raise(mp, SIGSTOP, false);
	vfs_unpaused();
	sig_raise(mp, SIGUSR1, false);
	sig_raise(mp, SIGTSTP, false); /* forgotten when it goes on */
	assert_int_equal(frames, 0);
	sig_raise(mp, SIGCONT, false);
	assert_false(mp->flags & STOPPED);
	assert_int_equal(unpauses, 1);
	assert_int_equal(frames, 1);
	assert_int_equal(resumes, 1);
	sig_raise(mp, SIGSTOP, false);
	vfs_unpaused();
	sig_raise(mp, SIGKILL, false);
	assert_int_equal(exit_sig, SIGKILL);
}

static void
test_a_stop_waits_for_vfs_and_for_a_message(void **state)
{
	(void)state;
	mp->flags |= VFS_CALL;
	sig_raise(mp, SIGSTOP, false);
	assert_false(mp->flags & STOPPED);
	mp->flags &= ~(uint32_t)VFS_CALL;
	restart_sigs(mp);
	assert_true(mp->flags & STOPPED);
	assert_int_equal(unpauses, 1);
	vfs_unpaused();
	assert_int_equal(resumes, 0);
	sig_raise(mp, SIGCONT, false);
	assert_int_equal(resumes, 1);

	delay_result = -EBUSY;
	sig_raise(mp, SIGSTOP, false);
	assert_true(mp->flags & DELAY_CALL);
	delay_result = OK;
	sig_ready(mp);
	assert_true(mp->flags & PROC_STOPPED);
	assert_int_equal(unpauses, 2);
	sig_raise(mp, SIGCONT, false); /* before VFS has answered */
	assert_int_equal(resumes, 1);
	vfs_unpaused();
	assert_int_equal(resumes, 2);
	delay_result = -EBUSY;
	sig_raise(mp, SIGSTOP, false);
	sig_raise(mp, SIGCONT, false); /* before the message has arrived */
	sig_ready(mp);
	assert_false(mp->flags & (STOPPED | PROC_STOPPED | DELAY_CALL));
	assert_int_equal(unpauses, 2);
}

/* What a handler finds, by what VFS has interrupted and by the flags of it
 * and of another that waits. */
static void
test_a_call_is_made_again_if_all_handlers_let_it(void **state)
{
	static const struct {
		int call;
		uint32_t flags, others;
		int result;
	} cases[] = {
		{ VFS_PM_CALL_NONE, 0, 0, 0 },
		{ VFS_PM_CALL_AGAIN, 0, 0, -EINTR },
		{ VFS_PM_CALL_AGAIN, PM_SA_RESTART, 0, -EINTR },
		{ VFS_PM_CALL_AGAIN, 0, PM_SA_RESTART, -EINTR },
		{ VFS_PM_CALL_AGAIN, PM_SA_RESTART, PM_SA_RESTART, 0 },
		{ VFS_PM_CALL_EINTR, PM_SA_RESTART, PM_SA_RESTART, -EINTR },
	};

	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		(void)setup(state);
		catch (SIGUSR1);
		catch (SIGUSR2);
		mp->action[SIGUSR1].flags = cases[i].flags;
		mp->action[SIGUSR2].flags = cases[i].others;
		sig_raise(mp, SIGUSR1, false);
		sig_raise(mp, SIGUSR2, false);
		mp->call = cases[i].call;
		first_frame.sm_result = 1;
		vfs_unpaused();
		assert_int_equal(first_frame.sm_result, cases[i].result);
		assert_int_equal(last_frame.sm_result, 0);
		assert_int_equal(mp->call, VFS_PM_CALL_NONE);
	}
}

static void
test_a_handler_is_told_of_the_first_sender(void **state)
{
	const struct sig_note first = { SI_USER, 0, 7, 1000 };
	const struct sig_note second = { SI_USER, 0, 8, 1001 };

	(void)state;
	catch (SIGUSR1);
	sig_raise_noted(mp, SIGUSR1, first);
	sig_raise_noted(mp, SIGUSR1, second);
	vfs_unpaused();
	assert_int_equal(last_frame.sm_code, SI_USER);
	assert_int_equal(last_frame.sm_pid, 7);
	assert_int_equal(last_frame.sm_uid, 1000);
	mp->mask = 0;
	sig_raise(mp, SIGUSR1, false); /* nothing is left of them */
	vfs_unpaused();
	assert_int_equal(frames, 2);
	assert_int_equal(last_frame.sm_code, SI_KERNEL);
	assert_int_equal(last_frame.sm_pid, 0);
}

static void
test_a_stack_of_its_own_is_for_those_that_want_it(void **state)
{
	(void)state;
	catch (SIGUSR1);
	mp->alt_stack = 0x1000;
	mp->alt_size = 4096;
	sig_raise(mp, SIGUSR1, false);
	vfs_unpaused();
	assert_int_equal(last_frame.sm_stack_size, 0);
	mp->mask = 0;
	mp->action[SIGUSR1].flags = PM_SA_ONSTACK;
	sig_raise(mp, SIGUSR1, false);
	vfs_unpaused();
	assert_int_equal(last_frame.sm_stack, 0x1000);
	assert_int_equal(last_frame.sm_stack_size, 4096);
}

static void
test_a_wait_is_made_again_but_not_a_suspension(void **state)
{
	static const struct {
		uint32_t state, flags;
		int result;
	} cases[] = {
		{ WAITING, 0, -EINTR },
		{ WAITING, PM_SA_RESTART, -ECALLAGAIN },
		{ SIGSUSPENDED, 0, -EINTR },
		{ SIGSUSPENDED, PM_SA_RESTART, -EINTR },
	};

	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		(void)setup(state);
		catch (SIGUSR1);
		mp->action[SIGUSR1].flags = cases[i].flags;
		mp->flags |= cases[i].state;
		sig_raise(mp, SIGUSR1, false);
		assert_int_equal(replies, 1);
		assert_int_equal(reply_status, cases[i].result);
		assert_int_equal(last_frame.sm_result, 0);
	}
}

static void
test_a_stop_leaves_a_wait_alone(void **state)
{
	(void)state;
	mp->flags |= WAITING;
	sig_raise(mp, SIGSTOP, false);
	sig_raise(mp, SIGCONT, false);
	assert_true(mp->flags & WAITING);
	assert_int_equal(replies, 0);
	assert_int_equal(unpauses, 0);
	assert_int_equal(resumes, 1);
}

static void
test_an_orphaned_group_does_not_stop_at_a_terminal(void **state)
{
	(void)state;
	mproc[PARENT].sid = 49;
	sig_raise(mp, SIGTSTP, false);
	sig_raise(mp, SIGTTIN, false);
	sig_raise(mp, SIGTTOU, false);
	assert_false(mp->flags & STOPPED);
	sig_raise(mp, SIGSTOP, false);
	assert_true(mp->flags & STOPPED);
	assert_int_equal(told, 1);
}

static void
test_an_end_that_orphans_a_stopped_group_wakes_it(void **state)
{
	(void)state;
	catch (SIGHUP);
	sig_raise(mp, SIGTSTP, false);
	mproc[PARENT].flags |= EXITING;
	stop_orphaned(&mproc[PARENT]);
	assert_false(mp->flags & STOPPED);
	assert_int_equal(unpauses, 1); /* for the handler of SIGHUP */
	vfs_unpaused();
	assert_int_equal(frames, 1);
	assert_int_equal(resumes, 1);
	stop_orphaned(&mproc[PARENT]); /* nobody is stopped */
	assert_int_equal(unpauses, 1);
}

static void
test_signals_of_services_go_to_their_manager(void **state)
{
	(void)state;
	mp->flags |= PRIV_PROC;
	sig_raise(mp, SIGTERM, false);
	assert_int_equal(kills, 1);
	assert_int_equal(exits, 0);
}

static void
test_signals_of_the_dead_are_refused(void **state)
{
	(void)state;
	assert_int_equal(sig_from_kernel(7, SIGTERM), -EDEADSRCDST);
	assert_int_equal(sig_from_kernel(42, SIGSEGV), -EDEADSRCDST);
	assert_int_equal(exits, 1);
	assert_int_equal(sig_from_kernel(42, SIGSEGV), -EDEADSRCDST);
	assert_int_equal(exits, 1);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_default_action_ends_the_process),
		TEST(test_some_defaults_are_to_do_nothing),
		TEST(test_ignored_comes_before_blocked),
		TEST(test_a_fault_cannot_be_blocked_but_kill_can),
		TEST(test_a_handler_waits_for_vfs),
		TEST(test_all_handlers_are_stacked_before_it_goes_on),
		TEST(test_a_message_in_transit_goes_first),
		TEST(test_a_delayed_request_may_become_one_to_vfs),
		TEST(test_a_late_ready_signal_is_ignored),
		TEST(test_sigsuspend_ends_with_eintr_and_its_old_mask),
		TEST(test_a_stack_without_room_is_the_end),
		TEST(test_resethand_and_nodefer),
		TEST(test_kill_waits_for_an_outstanding_request),
		TEST(test_a_parent_is_answered_before_its_handler),
		TEST(test_a_stop_is_told_and_holds_until_it_goes_on),
		TEST(test_signals_wait_for_one_that_is_stopped_but_kill),
		TEST(test_a_stop_waits_for_vfs_and_for_a_message),
		TEST(test_a_call_is_made_again_if_all_handlers_let_it),
		TEST(test_a_handler_is_told_of_the_first_sender),
		TEST(test_a_stack_of_its_own_is_for_those_that_want_it),
		TEST(test_a_wait_is_made_again_but_not_a_suspension),
		TEST(test_a_stop_leaves_a_wait_alone),
		TEST(test_an_orphaned_group_does_not_stop_at_a_terminal),
		TEST(test_an_end_that_orphans_a_stopped_group_wakes_it),
		TEST(test_signals_of_services_go_to_their_manager),
		TEST(test_signals_of_the_dead_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
