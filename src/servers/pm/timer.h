/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Interval timers, and the limit for VFS.
 */
#pragma once

#include "servers/pm/proc.h"

/**
 * The alarm PM set has expired: find out whose timers are due.
 */
void timers_expire(void);

/**
 * Limit the time that VFS may take to record RS's new process: then RS hears
 * of it.
 *
 * @param[in] mp  the process
 */
void timer_vfs(struct mproc *mp);

/**
 * Forget all timers of a process that ends. The kernel still counts those that
 * it keeps, until the slot is cleared; a signal of theirs finds it EXITING.
 *
 * @param[in] mp  process
 */
void timers_cancel(struct mproc *mp);

/**
 * A virtual or profile timer fired in the kernel: start the next interval.
 *
 * @param[in] mp   process
 * @param[in] sig  SIGVTALRM or SIGPROF
 */
void timers_rearm(struct mproc *mp, int sig);
