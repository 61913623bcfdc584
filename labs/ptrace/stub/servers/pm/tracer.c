/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What becomes of a process that is traced. This file is yours to write: what
 * each function must do is said in servers/pm/tracer.h and servers/pm/trace.h.
 * Until then nobody is traced, and everything is as if there were no tracers.
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

void
tracer_set(struct mproc *mp, const struct mproc *tracer, uint32_t options)
{
	(void)mp, (void)tracer, (void)options;
}

void
tracer_event(struct mproc *mp, int sig)
{
	(void)mp, (void)sig;
}

void
tracer_resume(struct mproc *mp, int request, int sig)
{
	(void)mp, (void)request, (void)sig;
}

void
tracer_detach(struct mproc *mp, int sig)
{
	(void)mp, (void)sig;
}

bool
trace_is_traced(const struct mproc *mp)
{
	(void)mp;
	return false;
}

bool
trace_is_stopped(const struct mproc *mp)
{
	(void)mp;
	return false;
}

bool
trace_signal(struct mproc *mp, int sig)
{
	(void)mp, (void)sig;
	return false;
}

enum trace_news
trace_wait(const struct mproc *mp, struct mproc *child, struct pm_wait_rep *rep)
{
	(void)mp, (void)child, (void)rep;
	return TRACE_NOT_MINE;
}

bool
trace_death(struct mproc *mp)
{
	(void)mp;
	return false;
}

void
trace_tracer_died(const struct mproc *dead)
{
	(void)dead;
}

bool
trace_exit_due(struct mproc *mp)
{
	(void)mp;
	return false;
}

void
trace_exit_done(struct mproc *mp)
{
	(void)mp;
}

/* Nothing is inherited. */
void
trace_fork(struct mproc *child)
{
	child->tracer = NO_TRACER;
	child->trace_options = 0;
	child->trace_queue = child->trace_events = 0;
}

void
trace_forked(struct mproc *child)
{
	(void)child;
}

void
trace_exec(struct mproc *mp)
{
	(void)mp;
}
