/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A process for RS: when it is answered, and what it is told, if VFS records
 * the child, refuses it, says nothing, or says it too late. Proves: B8, D11.
 */
#include "servers/pm/fork.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "servers/pm/exec.h"
#include "servers/pm/exit.h"
#include "servers/pm/limit.h"
#include "servers/pm/proc.h"
#include "servers/pm/rs.h"
#include "servers/pm/shutdown.h"
#include "servers/pm/signal.h"
#include "servers/pm/timer.h"
#include "servers/pm/trace.h"
#include "servers/pm/vfs.h"

#define HZ    100
#define LIMIT (3 * HZ) /* of VFS */
#define TAG   42
#define CHILD endpoint_make(3, 20) /* of the only free slot */

struct mproc mproc[NR_PROCS];

static clock_ticks uptime, alarm_at;
static int told, exits, vm_status;
static struct pm_rs_rep answer; /* RS's last */
static int answers;

/* The rest of PM, VM and the kernel. */

struct mproc *
proc_by_ep(endpoint_t ep)
{
	struct mproc *mp = &mproc[endpoint_slot(ep)];

	return mp->flags & IN_USE && mp->ep == ep ? mp : NULL;
}

struct mproc *
proc_alloc(uint32_t uid)
{
	(void)uid;
	return mproc[20].flags & IN_USE ? NULL : &mproc[20];
}

int32_t
proc_new_pid(void)
{
	return 500;
}

void
proc_reply(struct mproc *mp, int status, const void *rep, size_t size)
{
	(void)mp, (void)status, (void)rep, (void)size;
	fail(); /* RS does not wait, and others do not fork here */
}

void
tell_vfs(struct mproc *mp, int nr, struct vfs_pm_req *req)
{
	assert_int_equal(nr, VFS_PM_SRV_FORK);
	assert_int_equal(req->u.fork.parent, RS_PROC_NR);
	mp->flags |= VFS_CALL;
	told++;
}

void
exit_proc(struct mproc *mp, int status, int sig, bool dump)
{
	(void)status, (void)sig, (void)dump;
	assert_int_equal(mp->ep, CHILD);
	assert_true(mp->flags & TOLD_PARENT);
	mp->flags = 0;
	exits++;
}

bool
limit_reached_procs(const struct mproc *mp)
{
	(void)mp;
	return false;
}

bool
shutdown_allows_fork(void)
{
	return true;
}

void
sig_raise(struct mproc *mp, int sig, bool kernel)
{
	(void)mp, (void)sig, (void)kernel;
}

void
restart_sigs(struct mproc *mp)
{
	(void)mp;
}

void
trace_fork(struct mproc *child)
{
	(void)child;
}

void
trace_forked(struct mproc *child)
{
	(void)child;
}

int
service_exec(const struct pm_rs_req *req)
{
	return req->ep == CHILD ? OK : -ESRCH;
}

int
service_kill(endpoint_t ep)
{
	return ep == CHILD ? OK : -ESRCH;
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	struct vm_fork_rep made = { .child = CHILD };
	struct message *m = arg;

	*status = 0;
	assert_int_equal(primitive, SENDREC);
	assert_int_equal(peer, VM_PROC_NR);
	assert_int_equal(m->m_type, VM_FORK);
	memcpy(m->m_body, &made, sizeof made);
	m->m_type = vm_status;
	return OK;
}

int
asynsend3(endpoint_t dst, const struct message *m, uint32_t flags)
{
	(void)flags;
	assert_int_equal(dst, RS_PROC_NR);
	memcpy(&answer, m->m_body, sizeof answer);
	answers++;
	return OK;
}

int
sys_times(endpoint_t ep, struct sys_times_rep *t)
{
	(void)ep;
	memset(t, 0, sizeof *t);
	t->uptime = uptime;
	t->hz = HZ;
	return OK;
}

int
sys_setalarm(clock_ticks ticks, clock_ticks *left)
{
	(void)left;
	alarm_at = ticks != 0 ? uptime + ticks : 0;
	return OK;
}

int
sys_vtimer(endpoint_t ep, int which, const clock_ticks *ticks,
    clock_ticks *left)
{
	(void)ep, (void)which, (void)ticks, (void)left;
	return OK;
}

_Noreturn void
panic(const char *fmt, ...)
{
	(void)fmt;
	fail();
	abort();
}

/* What happens. */

static int
begin(void **state)
{
	(void)state;
	memset(mproc, 0, sizeof mproc);
	memset(slots_used, 0, sizeof slots_used);
	proc_enter(&mproc[RS_PROC_NR]);
	mproc[RS_PROC_NR].flags |= PRIV_PROC;
	mproc[RS_PROC_NR].ep = RS_PROC_NR;
	uptime = 1000;
	told = exits = answers = 0;
	vm_status = OK;
	return 0;
}

static void
ask(int type, endpoint_t ep)
{
	struct pm_rs_req req = { .tag = TAG, .ep = ep };
	struct message m = { .m_source = RS_PROC_NR, .m_type = type };

	if (type == PM_RS_FORK)
		req.u.fork.uid = req.u.fork.gid = 7;
	memcpy(m.m_body, &req, sizeof req);
	rs_request(&m);
}

static void
vfs_answers(int status)
{
	mproc[20].flags &= ~(uint32_t)VFS_CALL;
	fork_restart(&mproc[20], status);
}

/* Time passes; the alarm comes when it is due, or so much later. */
static void
pass(clock_ticks ticks, clock_ticks late)
{
	const clock_ticks end = uptime + ticks;

	while (alarm_at != 0 && (int32_t)(end - alarm_at) >= 0) {
		uptime = alarm_at + late;
		alarm_at = 0;
		timers_expire();
	}
	if ((int32_t)(end - uptime) > 0)
		uptime = end;
}

static void
assert_answer(int n, int status)
{
	assert_int_equal(answers, n);
	assert_int_equal(answer.tag, TAG);
	assert_int_equal(answer.status, status);
}

static void
test_a_fork_is_answered_when_vfs_knows(void **state)
{
	(void)state;
	ask(PM_RS_FORK, 0);
	assert_int_equal(told, 1);
	assert_int_equal(answers, 0);
	vfs_answers(OK);
	assert_answer(1, OK);
	assert_int_equal(answer.ep, CHILD);
	assert_int_equal(answer.pid, 500);
	assert_int_equal(mproc[20].euid, 7);
	assert_true(mproc[20].flags & PRIV_PROC);
	pass(10 * LIMIT, 0);
	assert_int_equal(answers, 1);
	assert_int_equal(exits, 0);
}

static void
test_what_cannot_begin_is_answered_at_once(void **state)
{
	(void)state;
	vm_status = -ENOMEM;
	ask(PM_RS_FORK, 0);
	assert_answer(1, -ENOMEM);
	vm_status = OK;
	proc_enter(&mproc[20]);
	ask(PM_RS_FORK, 0);
	assert_answer(2, -EAGAIN);
	assert_int_equal(told, 0);
}

static void
test_a_refusal_leaves_nothing(void **state)
{
	(void)state;
	ask(PM_RS_FORK, 0);
	vfs_answers(-EINVAL);
	assert_answer(1, -EINVAL);
	assert_int_equal(exits, 1);
}

static void
test_a_silent_vfs_is_told_of_at_the_limit(void **state)
{
	(void)state;
	ask(PM_RS_FORK, 0);
	pass(LIMIT - 1, 0);
	assert_int_equal(answers, 0);
	pass(1, 0);
	assert_answer(1, -ETIMEDOUT);
	assert_int_equal(exits, 0); /* VFS has it still */
	vfs_answers(OK);            /* nobody wants it any more */
	assert_int_equal(answers, 1);
	assert_int_equal(exits, 1);
}

static void
test_who_had_no_turn_does_not_judge(void **state)
{
	(void)state;
	ask(PM_RS_FORK, 0);
	pass(LIMIT, LIMIT); /* the alarm comes late: others had the machine */
	assert_int_equal(answers, 0);
	pass(LIMIT - 1, 0);
	assert_int_equal(answers, 0);
	vfs_answers(OK);
	assert_answer(1, OK);
	ask(PM_RS_KILL, CHILD);
	mproc[20].flags = 0;
	slot_leave(20);
	ask(PM_RS_FORK, 0);
	pass(LIMIT, LIMIT);
	pass(LIMIT, 0);
	assert_answer(3, -ETIMEDOUT);
}

static void
test_a_signal_meanwhile_is_the_end(void **state)
{
	(void)state;
	ask(PM_RS_FORK, 0);
	mproc[20].pending = KSIG_BIT(SIGKILL);
	vfs_answers(OK);
	assert_answer(1, -EINTR);
	assert_int_equal(exits, 1);
}

static void
test_the_rest_is_answered_at_once(void **state)
{
	static const int types[] = { PM_RS_EXEC, PM_RS_KILL, PM_RS_IDENTIFY };
	size_t i;

	(void)state;
	ask(PM_RS_FORK, 0);
	vfs_answers(OK);
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		ask(types[i], CHILD);
		assert_answer(2 + 2 * (int)i, OK);
		assert_int_equal(answer.ep, CHILD);
		ask(types[i], endpoint_make(4, 20));
		assert_answer(3 + 2 * (int)i, -ESRCH);
	}
	ask(PM_RS_IDENTIFY, CHILD);
	assert_int_equal(answer.euid, 7);
	assert_int_equal(answer.pid, 500);
	mproc[20].flags |= EXITING;
	ask(PM_RS_IDENTIFY, CHILD);
	assert_answer(9, -ESRCH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_a_fork_is_answered_when_vfs_knows,
		    begin),
		cmocka_unit_test_setup(
		    test_what_cannot_begin_is_answered_at_once, begin),
		cmocka_unit_test_setup(test_a_refusal_leaves_nothing, begin),
		cmocka_unit_test_setup(
		    test_a_silent_vfs_is_told_of_at_the_limit, begin),
		cmocka_unit_test_setup(test_who_had_no_turn_does_not_judge,
		    begin),
		cmocka_unit_test_setup(test_a_signal_meanwhile_is_the_end,
		    begin),
		cmocka_unit_test_setup(test_the_rest_is_answered_at_once,
		    begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
