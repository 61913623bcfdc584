/* SPDX-License-Identifier: BSD-2-Clause */
/** @file What happens to a process, as its tracer sees it: nobody has one. */
#include "servers/pm/trace.h"

bool
trace_signal(struct mproc *mp, int sig)
{
	(void)mp, (void)sig;
	return false;
}

bool
trace_is_stopped(const struct mproc *mp)
{
	(void)mp;
	return false;
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

void
trace_exec(struct mproc *mp)
{
	(void)mp;
}

bool
trace_death(struct mproc *mp)
{
	(void)mp;
	return false;
}

enum trace_news
trace_wait(const struct mproc *mp, struct mproc *child, struct pm_wait_rep *rep)
{
	(void)mp, (void)child, (void)rep;
	return TRACE_NOT_MINE;
}

void
trace_tracer_died(const struct mproc *dead)
{
	(void)dead;
}

void
trace_exit_done(const struct mproc *mp)
{
	(void)mp;
}
