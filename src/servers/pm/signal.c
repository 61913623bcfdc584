/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What becomes of a signal. A handler's frame may be built only when the
 * process is stopped, has no message in transit and is in no call that
 * blocks: bringing it there may take a round trip to VFS, and the signal
 * stays pending until then.
 */

#include "servers/pm/signal.h"

#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/pm.h>

#include "servers/pm/exit.h"
#include "servers/pm/proc.h"
#include "servers/pm/stop.h"
#include "servers/pm/timer.h"
#include "servers/pm/trace.h"
#include "servers/pm/vfs.h"

/* Default action: nothing. */
#define DEFAULT_IGNORE                                                         \
	(KSIG_BIT(SIGCHLD) | KSIG_BIT(SIGWINCH) | KSIG_BIT(SIGCONT) |          \
	    KSIG_BIT(SIGURG))

/* Default action: end, with a core file. */
#define DEFAULT_CORE                                                           \
	(KSIG_BIT(SIGQUIT) | KSIG_BIT(SIGILL) | KSIG_BIT(SIGTRAP) |            \
	    KSIG_BIT(SIGABRT) | KSIG_BIT(SIGEMT) | KSIG_BIT(SIGFPE) |          \
	    KSIG_BIT(SIGBUS) | KSIG_BIT(SIGSEGV))

/* From the kernel these mean that the process cannot go on as it is. */
#define FAULTS                                                                 \
	(KSIG_BIT(SIGILL) | KSIG_BIT(SIGTRAP) | KSIG_BIT(SIGEMT) |             \
	    KSIG_BIT(SIGFPE) | KSIG_BIT(SIGBUS) | KSIG_BIT(SIGSEGV))

void
proc_stop(struct mproc *mp)
{
	if (mp->flags & PROC_STOPPED)
		return;
	if (sys_stop(mp->ep) != OK)
		printf("pm: cannot stop pid %d\n", mp->pid);
	mp->flags |= PROC_STOPPED;
	mp->flags &= ~(uint32_t)DELAY_CALL;
	proc_check(mp);
}

void
proc_resume(struct mproc *mp)
{
	if (!(mp->flags & PROC_STOPPED) ||
	    mp->flags & (VFS_CALL | FORKING | STOPPED | EXITING))
		return;
	mp->flags &= ~(uint32_t)(PROC_STOPPED | UNPAUSED);
	mp->call = VFS_PM_CALL_NONE;
	if (sys_resume(mp->ep) != OK)
		printf("pm: cannot resume pid %d\n", mp->pid);
	proc_check(mp);
}

bool
sig_unpause(struct mproc *mp)
{
	struct vfs_pm_req m = { 0 };

	proc_check(mp);
	if (mp->flags & UNPAUSED)
		return true;
	if (mp->flags & DELAY_CALL)
		return false;
	if (mp->flags & (WAITING | SIGSUSPENDED)) {
		proc_stop(mp); /* it called us, so nothing is in transit */
		return true;
	}
	if (mp->flags & FORKING) {
		proc_stop(mp); /* so did this one: its answer comes first */
		return false;
	}
	if (!(mp->flags & PROC_STOPPED)) {
		if (sys_delay_stop(mp->ep) != OK) {
			mp->flags |= DELAY_CALL;
			return false;
		}
		mp->flags |= PROC_STOPPED;
	}
	tell_vfs(mp, VFS_PM_UNPAUSE, &m);
	return false;
}

/* Do all handlers that are to run now let calls be made again? */
static bool
restarts(const struct mproc *mp, int sig)
{
	ksigset_t now = KSIG_BIT(sig) | (mp->pending & ~mp->mask & mp->caught);
	int s;

	for (s = 1; s < _NSIG; s++)
		if (now & KSIG_BIT(s) && !(mp->action[s].flags & PM_SA_RESTART))
			return false;
	return true;
}

/* What is a process to hear of the call that VFS has interrupted, before it
 * runs a handler? 0: what VFS has told it, to make the call again. */
static int
call_result(const struct mproc *mp, int sig)
{
	if (mp->call == VFS_PM_CALL_NONE)
		return 0;
	return mp->call == VFS_PM_CALL_AGAIN && restarts(mp, sig) ? 0 : -EINTR;
}

/* End a call that a process waits for in PM, and let it go on. */
static void
wait_interrupt(struct mproc *mp, int sig)
{
	bool again = mp->flags & WAITING && restarts(mp, sig);

	mp->flags &= ~(uint32_t)(WAITING | SIGSUSPENDED);
	proc_reply(mp, again ? -ECALLAGAIN : -EINTR, NULL, 0);
}

/* What the kernel must know to build the frame of a handler. */
static struct sigmsg
frame_of(const struct mproc *mp, int sig)
{
	const struct sig_action *sa = &mp->action[sig];
	const struct sig_note note = sig_note_get(mp, sig);

	return (struct sigmsg){
		.sm_signo = sig,
		.sm_mask = mp->flags & SIGSUSPENDED ? mp->saved_mask : mp->mask,
		.sm_sighandler = sa->handler,
		.sm_sigreturn = mp->trampoline,
		.sm_result = call_result(mp, sig),
		.sm_stack = mp->alt_stack,
		.sm_stack_size = sa->flags & PM_SA_ONSTACK ? mp->alt_size : 0,
		.sm_code = note.code,
		.sm_pid = note.pid,
		.sm_uid = note.uid,
		.sm_status = note.status,
	};
}

/* Build the frame of a handler. False: the stack does not take it. */
static bool
sig_send(struct mproc *mp, int sig)
{
	struct sig_action *sa = &mp->action[sig];
	const struct sigmsg m = frame_of(mp, sig);
	bool in_pm = (mp->flags & (WAITING | SIGSUSPENDED)) != 0;

	assert(mp->flags & PROC_STOPPED);
	/* First the result of the call, then the frame that saves it. */
	if (in_pm)
		wait_interrupt(mp, sig);
	if (sys_sigsend(mp->ep, &m) != OK)
		return false;
	mp->call = VFS_PM_CALL_NONE; /* the frame has its result */

	mp->mask = m.sm_mask | sa->mask;
	if (!(sa->flags & PM_SA_NODEFER))
		mp->mask |= KSIG_BIT(sig);
	if (sa->flags & PM_SA_RESETHAND) {
		sa->handler = PM_SIG_DFL;
		sa->flags &= ~PM_SA_SIGINFO;
		mp->caught &= ~KSIG_BIT(sig);
	}
	if (in_pm)
		proc_resume(mp);
	return true;
}

static void
make_pending(struct mproc *mp, int sig, bool kernel)
{
	mp->pending |= KSIG_BIT(sig);
	if (kernel)
		mp->kernel_pending |= KSIG_BIT(sig);
}

static void
terminate(struct mproc *mp, int sig)
{
	exit_proc(mp, 0, sig, (DEFAULT_CORE & KSIG_BIT(sig)) != 0);
}

/* A service gets its signals from its manager, RS. */
static void
sig_service(struct mproc *mp, int sig, bool kernel)
{
	if (mp->pending & KSIG_BIT(SIGKILL))
		exit_proc(mp, 0, SIGKILL, false); /* RS gave it up */
	else if (!kernel)
		(void)sys_kill(mp->ep, sig); /* gone already: nothing to do */
}

/* By its default action. */
static void
act(struct mproc *mp, int sig, bool kernel)
{
	ksigset_t bit = KSIG_BIT(sig);

	if (DEFAULT_IGNORE & bit)
		return;
	if (mp->pid == INIT_PID && !kernel)
		return; /* the system ends with it: it has to want that */
	if (STOP_SIGNALS & bit)
		stop_by_signal(mp, sig);
	else
		terminate(mp, sig);
}

/* Must a signal wait, though it is neither blocked nor ignored? */
static bool
must_wait(const struct mproc *mp, int sig)
{
	return sig != SIGKILL && (mp->flags & STOPPED || trace_is_stopped(mp));
}

/* A signal reaches a process that VFS is not busy with. */
static void
arrive(struct mproc *mp, int sig, bool kernel)
{
	ksigset_t bit = KSIG_BIT(sig);
	bool fault = kernel && (FAULTS & bit);

	if (mp->ignored & bit && !fault)
		return;
	if ((mp->ignored | mp->mask) & bit && fault) {
		terminate(mp, sig); /* or it would fault for ever */
		return;
	}
	if (mp->mask & bit || must_wait(mp, sig)) {
		make_pending(mp, sig, kernel);
		return;
	}
	if (!(mp->caught & bit))
		act(mp, sig, kernel);
	else if (!sig_unpause(mp))
		make_pending(mp, sig, kernel);
	else if (!sig_send(mp, sig))
		terminate(mp, sig);
}

void
sig_proc(struct mproc *mp, int sig, bool kernel)
{
	bool goes_on;

	assert(mp->flags & IN_USE && !(mp->flags & EXITING));
	if (mp->flags & PRIV_PROC && !(mp->flags & VFS_CALL)) {
		sig_service(mp, sig, kernel);
		return;
	}
	goes_on = stop_or_continue(mp, sig);
	if (mp->flags & VFS_CALL) {
		make_pending(mp, sig, kernel);
		if (!(mp->flags & DELAY_CALL))
			proc_stop(mp);
		return;
	}
	arrive(mp, sig, kernel);
	if (goes_on)
		restart_sigs(mp);
}

void
sig_raise_noted(struct mproc *mp, int sig, struct sig_note note)
{
	sig_note_set(mp, sig, note);
	if (!trace_signal(mp, sig))
		sig_proc(mp, sig, false);
}

void
sig_raise(struct mproc *mp, int sig, bool kernel)
{
	sig_note_set(mp, sig, sig_note_system);
	if (!trace_signal(mp, sig))
		sig_proc(mp, sig, kernel);
}

void
check_pending(struct mproc *mp)
{
	int sig;

	for (sig = 1; sig < _NSIG; sig++) {
		ksigset_t bit = KSIG_BIT(sig);
		bool kernel = (mp->kernel_pending & bit) != 0;

		if (mp->flags & (VFS_CALL | EXITING))
			return;
		if (!(mp->pending & ~mp->mask & bit))
			continue;
		mp->pending &= ~bit;
		mp->kernel_pending &= ~bit;
		sig_proc(mp, sig, kernel);
	}
}

void
restart_sigs(struct mproc *mp)
{
	proc_check(mp);
	if (mp->flags & (VFS_CALL | EXITING))
		return;
	if (mp->flags & PRIV_PROC && mp->pending & KSIG_BIT(SIGKILL)) {
		exit_proc(mp, 0, SIGKILL, false);
		return;
	}
	if (trace_exit_due(mp))
		return;
	if (!(mp->flags & PROC_STOPPED))
		return;
	check_pending(mp);
	proc_resume(mp);
}

void
sig_ready(struct mproc *mp)
{
	proc_check(mp);
	if (!(mp->flags & DELAY_CALL))
		return; /* it forked, died or was stopped meanwhile */
	mp->flags &= ~(uint32_t)DELAY_CALL;
	if (mp->flags & VFS_CALL)
		proc_stop(mp); /* the delayed request became one to VFS */
	else if (mp->flags & STOPPED)
		(void)sig_unpause(mp); /* and this one can be waited in */
	if (!(mp->flags & VFS_CALL))
		check_pending(mp);
}

int
sig_from_kernel(endpoint_t ep, int sig)
{
	struct mproc *mp = proc_by_ep(ep);

	if (mp == NULL || mp->flags & EXITING)
		return -EDEADSRCDST;
	if (sig == SIGSNDELAY) {
		sig_ready(mp);
	} else if (sig > 0 && sig < _NSIG) {
		if (sig == SIGVTALRM || sig == SIGPROF)
			timers_rearm(mp, sig);
		sig_raise(mp, sig, true);
	}
	return mp->flags & EXITING ? -EDEADSRCDST : OK;
}
