/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What becomes of a process that is traced. Signals that its tracer has not
 * collected wait in a queue of their own, in which equal ones are one; the
 * process is stopped as long as that is not empty, and further until the
 * tracer says how it goes on. The stop is the kernel's, a reason of its own
 * not to run: it neither ends a call nor waits for the end of one, and PM's
 * own stops come and go beside it.
 */
#include "servers/pm/tracer.h"

#include <abi/errno.h>
#include <abi/ptrace.h>
#include <lacuna/assert.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#include "servers/pm/exit.h"
#include "servers/pm/signal.h"
#include "servers/pm/trace.h"
#include "servers/pm/wait.h"

#define STATUS_STOPPED(sig) (0177 | (sig) << 8)

/* Have the kernel do something; it may know the process no more. */
static void
kernel_do(const struct mproc *mp, int request)
{
	uint32_t data = 0;

	if (sys_trace(mp->ep, request, 0, &data) != OK)
		printf("pm: no request %d for traced pid %d\n", request,
		    mp->pid);
}

bool
trace_is_traced(const struct mproc *mp)
{
	return mp->tracer != NO_TRACER;
}

bool
trace_is_stopped(const struct mproc *mp)
{
	return (mp->flags & TRACE_STOPPED) != 0;
}

static struct mproc *
tracer_of(const struct mproc *mp)
{
	return mp->tracer != NO_TRACER ? &mproc[mp->tracer] : NULL;
}

/* Take the first signal out of the queue, for the tracer. */
static void
take_signal(struct mproc *child, struct pm_wait_rep *rep)
{
	int sig = 1;

	while ((child->trace_queue & KSIG_BIT(sig)) == 0)
		sig++;
	child->trace_queue &= ~KSIG_BIT(sig);
	rep->pid = child->pid;
	rep->uid = child->uid;
	rep->status = STATUS_STOPPED(sig);
}

/* Take the end, for the tracer; from now on it is the parent's affair. */
static void
take_end(struct mproc *child, struct pm_wait_rep *rep)
{
	child->flags &= ~(uint32_t)TRACE_ZOMBIE;
	child->tracer = NO_TRACER;
	rep->pid = child->pid;
	rep->uid = child->uid;
	rep->status = wait_status(child);
}

/* A tracer that waits has its answer. */
static void
answer(struct mproc *tracer, const struct pm_wait_rep *rep)
{
	tracer->flags &= ~(uint32_t)WAITING;
	proc_reply(tracer, OK, rep, sizeof *rep);
}

/* Put a signal into the queue: the process stops. */
static void
show(struct mproc *mp, int sig)
{
	struct mproc *tracer = tracer_of(mp);
	struct pm_wait_rep rep = { 0 };

	mp->trace_queue |= KSIG_BIT(sig);
	if (!trace_is_stopped(mp)) {
		mp->flags |= TRACE_STOPPED;
		kernel_do(mp, T_STOP);
	}
	if (!wait_test(tracer, mp))
		return;
	take_signal(mp, &rep);
	answer(tracer, &rep);
}

void
tracer_set(struct mproc *mp, const struct mproc *tracer, uint32_t options)
{
	assert(mp->tracer == NO_TRACER && mp != tracer);
	mp->tracer = proc_slot(tracer);
	mp->trace_options = options;
	mp->trace_queue = mp->trace_events = 0;
	kernel_do(mp, T_ATTACH);
}

void
tracer_event(struct mproc *mp, int sig)
{
	if ((mp->trace_queue & KSIG_BIT(sig)) == 0)
		mp->trace_events |= KSIG_BIT(sig);
	show(mp, sig);
}

bool
trace_signal(struct mproc *mp, int sig)
{
	if (mp->tracer == NO_TRACER || sig == SIGKILL)
		return false;
	mp->trace_events &= ~KSIG_BIT(sig); /* somebody sent it */
	show(mp, sig);
	return true;
}

/* Give a stopped process a signal: it has its effect when it goes on. For a
 * service SIGTRAP is the end, which RS would not have from us. */
static void
signal_give(struct mproc *mp, int sig)
{
	if (sig == SIGTRAP && (mp->flags & PRIV_PROC) != 0)
		sig = SIGKILL;
	if (sig != 0 && (mp->flags & EXITING) == 0)
		sig_proc(mp, sig, false);
}

/* End the stop; what is pending has its effect now. */
static void
go_on(struct mproc *mp, int request)
{
	mp->flags &= ~(uint32_t)TRACE_STOPPED;
	check_pending(mp);
	if ((mp->flags & EXITING) == 0)
		kernel_do(mp, request);
}

void
tracer_resume(struct mproc *mp, int request, int sig)
{
	assert(trace_is_stopped(mp));
	signal_give(mp, sig);
	if (mp->trace_queue == 0)
		go_on(mp, request);
}

void
tracer_detach(struct mproc *mp, int sig)
{
	ksigset_t queue = mp->trace_queue & ~mp->trace_events;

	assert(trace_is_stopped(mp));
	mp->tracer = NO_TRACER;
	for (int s = 1; s < _NSIG; s++)
		if ((queue & KSIG_BIT(s)) != 0)
			signal_give(mp, s);
	signal_give(mp, sig);
	go_on(mp, T_DETACH);
}

void
trace_fork(struct mproc *child)
{
	child->trace_queue = child->trace_events = 0;
	if ((child->trace_options & TO_TRACEFORK) == 0)
		child->tracer = NO_TRACER;
}

void
trace_forked(struct mproc *child)
{
	if (child->tracer == NO_TRACER)
		return;
	kernel_do(child, T_ATTACH);
	tracer_event(child, SIGSTOP);
}

void
trace_exec(struct mproc *mp)
{
	uint32_t options = mp->trace_options;

	if (mp->tracer == NO_TRACER || (options & TO_NOEXEC) != 0)
		return;
	tracer_event(mp, (options & TO_ALTEXEC) != 0 ? SIGSTOP : SIGTRAP);
}

bool
trace_death(struct mproc *mp)
{
	struct mproc *tracer = tracer_of(mp);
	struct pm_wait_rep rep = { 0 };

	if (tracer == NULL || mp->tracer == mp->parent)
		return false; /* it hears of it as the parent */
	mp->flags |= TRACE_ZOMBIE;
	if (!wait_test(tracer, mp))
		return true;
	take_end(mp, &rep);
	answer(tracer, &rep);
	return false;
}

enum trace_news
trace_wait(const struct mproc *mp, struct mproc *child, struct pm_wait_rep *rep)
{
	if (!tracer_is(mp, child))
		return TRACE_NOT_MINE;
	if ((child->flags & TRACE_ZOMBIE) != 0) {
		take_end(child, rep);
		zombify(child);
		return TRACE_NEWS;
	}
	if ((child->flags & TOLD_PARENT) != 0)
		return TRACE_NOT_MINE; /* the parent is us */
	if (!trace_is_stopped(child) || child->trace_queue == 0)
		return TRACE_NO_NEWS;
	take_signal(child, rep);
	return TRACE_NEWS;
}

/* A process has lost its tracer. */
static void
bereave(struct mproc *mp)
{
	mp->tracer = NO_TRACER;
	mp->flags &= ~(uint32_t)TRACE_EXIT;
	if ((mp->flags & TRACE_ZOMBIE) != 0) {
		mp->flags &= ~(uint32_t)TRACE_ZOMBIE;
		zombify(mp);
	} else if ((mp->flags & EXITING) == 0) {
		if ((mp->flags & PRIV_PROC) == 0)
			sig_proc(mp, SIGKILL, false);
		else if (trace_is_stopped(mp))
			tracer_detach(mp, 0);
		else
			kernel_do(mp, T_DETACH);
	}
}

void
trace_tracer_died(const struct mproc *dead)
{
	struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (tracer_is(dead, mp))
			bereave(mp);
	}
}

bool
trace_exit_due(struct mproc *mp)
{
	if ((mp->flags & TRACE_EXIT) == 0)
		return false;
	exit_proc(mp, mp->exit_status, 0, false);
	return true;
}

void
trace_exit_done(struct mproc *mp)
{
	if ((mp->flags & TRACE_EXIT) == 0)
		return;
	mp->flags &= ~(uint32_t)TRACE_EXIT;
	proc_reply(tracer_of(mp), OK, NULL, 0);
}
