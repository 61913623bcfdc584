/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where the rest of PM meets tracing, and the only place. The requests of
 * ptrace() are served by ptrace.c; tracer.c tells the tracer what happens.
 * A process without a tracer behaves as if none of this were here.
 */
#pragma once

#include <proto/pm.h>

#include "servers/pm/proc.h"

/** What a waiting process learns of another of which it is the tracer. */
enum trace_news {
	TRACE_NOT_MINE, /**< it is not the tracer, or has been told all */
	TRACE_NO_NEWS,  /**< it is, and may wait for news */
	TRACE_NEWS,     /**< here they are */
};

/**
 * Is mp the tracer of a process?
 *
 * @param[in] mp     process that may trace
 * @param[in] child  process that may be traced
 * @return whether it is
 */
static inline bool
tracer_is(const struct mproc *mp, const struct mproc *child)
{
	return child->tracer != NO_TRACER && child->tracer == proc_slot(mp);
}

/**
 * A new signal, at the time of the kill, whatever the process does with it.
 *
 * @param[in] mp   process it is for, not EXITING
 * @param[in] sig  1 .. _NSIG-1
 * @return whether its tracer gets it: then the process does not, for now
 */
bool trace_signal(struct mproc *mp, int sig);

/**
 * Has a process a tracer? Then a program gives it no rights.
 *
 * @param[in] mp  process
 * @return whether it has
 */
bool trace_is_traced(const struct mproc *mp);

/**
 * Has a tracer stopped a process? Signals other than SIGKILL wait then.
 *
 * @param[in] mp  process
 * @return whether it is stopped
 */
bool trace_is_stopped(const struct mproc *mp);

/**
 * A child's slot has been filled, by copying that of its parent: what is it
 * to inherit?
 *
 * @param[in] child  new process; VFS has not been told
 */
void trace_fork(struct mproc *child);

/**
 * VFS has been asked to record a child. Nobody has been answered, so a child
 * that is to be traced can be stopped before its first instruction.
 *
 * @param[in] child  new process
 */
void trace_forked(struct mproc *child);

/**
 * A process has a new program, which the kernel does not yet know: a stop now
 * comes before its first instruction.
 *
 * @param[in] mp  process
 */
void trace_exec(struct mproc *mp);

/**
 * A process is dead. A tracer that is not the parent is told first.
 *
 * @param[in] mp  EXITING process
 * @return whether the parent has to wait; zombify() then tells it later
 */
bool trace_death(struct mproc *mp);

/**
 * Part of wait: a tracer asks about a process.
 *
 * @param[in]  mp     the process that waits
 * @param[in]  child  one that its wait is about
 * @param[out] rep    the news, with TRACE_NEWS
 * @return whether there are any
 */
enum trace_news trace_wait(const struct mproc *mp, struct mproc *child,
    struct pm_wait_rep *rep);

/**
 * A process dies: those it traces must not stay stopped.
 *
 * @param[in] dead  the process
 */
void trace_tracer_died(const struct mproc *dead);

/**
 * VFS has answered about a process that goes on: its tracer may have ordered
 * its end meanwhile.
 *
 * @param[in] mp  process without VFS_CALL, not EXITING
 * @return whether it exits now
 */
bool trace_exit_due(struct mproc *mp);

/**
 * Nothing of a process is left but its slot: a tracer that has ordered its
 * end may wait for that.
 *
 * @param[in] mp  EXITING process
 */
void trace_exit_done(struct mproc *mp);
