/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals inside PM. The one rule that everything follows from: no handler is
 * set up while a process has a message in transit, and none is set up while
 * the process can run.
 */
#pragma once

#include "servers/pm/proc.h"
#include "servers/pm/signote.h"

/**
 * Raise a new signal for a process: its tracer gets it, or the process.
 *
 * @param[in] mp      process in use, not EXITING
 * @param[in] sig     1 .. _NSIG-1
 * @param[in] kernel  as sig_proc()
 */
void sig_raise(struct mproc *mp, int sig, bool kernel);

/**
 * The same for a signal of which more is known.
 *
 * @param[in] mp    process in use, not EXITING
 * @param[in] sig   1 .. _NSIG-1
 * @param[in] note  what its handler is told
 */
void sig_raise_noted(struct mproc *mp, int sig, struct sig_note note);

/**
 * Bring one signal to a process: drop it, keep it pending, build a handler's
 * frame or end the process. The signal is not new, see sig_raise().
 *
 * @param[in] mp      process in use, not EXITING
 * @param[in] sig     1 .. _NSIG-1
 * @param[in] kernel  the kernel raised it: it cannot be ignored or blocked
 *                    when it stands for a fault
 */
void sig_proc(struct mproc *mp, int sig, bool kernel);

/**
 * Deliver as many pending signals as possible.
 *
 * @param[in] mp  process
 */
void check_pending(struct mproc *mp);

/**
 * After an answer of VFS: deliver what came meanwhile, and let the process go
 * on if nothing keeps it.
 *
 * @param[in] mp  process
 */
void restart_sigs(struct mproc *mp);

/**
 * The kernel reports that a refused stop may be tried again.
 *
 * @param[in] mp  process
 */
void sig_ready(struct mproc *mp);

/**
 * Stop a process in the kernel, whatever it does.
 *
 * @param[in] mp  process
 */
void proc_stop(struct mproc *mp);

/**
 * Let a process go on unless PM still has a reason to hold it.
 *
 * @param[in] mp  process
 */
void proc_resume(struct mproc *mp);

/**
 * Bring a process out of whatever call it is in, and stop it. That may take
 * a round trip to VFS, or the arrival of a message that is on its way: then
 * restart_sigs() or sig_ready() go on.
 *
 * @param[in] mp  process without VFS_CALL
 * @return whether it is in no call now
 */
bool sig_unpause(struct mproc *mp);

/**
 * Signals the kernel has for a process that PM manages. The signature is that
 * of SEF's signal manager callback.
 *
 * @param[in] ep   process
 * @param[in] sig  signal
 * @retval OK            disposed of: the process may go on
 * @retval -EDEADSRCDST  the process is exiting or unknown
 */
int sig_from_kernel(endpoint_t ep, int sig);
