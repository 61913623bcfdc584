/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a debugger sees of the IPC calls of a process: it is stopped before a
 * call is made, and again when the call is at its end.
 */
#pragma once

#include "kernel/proc.h"

/**
 * Stop a process for its debugger, whatever it is doing. What the debugger
 * has asked for the last time (one step, the next event) is forgotten.
 *
 * @param[in,out] p  live process
 * @source own design, after MINIX 3
 */
void tracing_stop(struct proc *p);

/**
 * Let a process go on that may be stopped for its debugger.
 *
 * @param[in,out] p        live process
 * @param[in]     request  T_RESUME; T_STEP: for one instruction; T_SYSCALL: up
 *                         to the next entry or end of a call; T_DETACH: for
 *                         good, leaving no event for a later debugger
 *
 * @retval OK       done
 * @retval -EINVAL  another request
 * @source own design, after MINIX 3
 */
int tracing_resume(struct proc *p, int request);

/**
 * A process traps for a call its debugger wants to see: note the call instead
 * of making it, and raise SIGTRAP.
 *
 * @param[in,out] p  has MF_SC_TRACE; its registers hold the arguments
 * @source own design, after MINIX 3
 */
void tracing_entry(struct proc *p);

/**
 * A process has made a call as its one step (MF_STEP): raise SIGTRAP when it
 * is at its end. The processor does not step into the kernel and back.
 *
 * @param[in,out] p  any process
 * @source own design
 */
void tracing_stepped(struct proc *p);

/**
 * Make the call that tracing_entry() has put off.
 *
 * @param[in,out] p  the active process; has MF_SC_DEFER
 * @source own design, after MINIX 3
 */
void tracing_deferred(struct proc *p);

/**
 * A call whose entry was seen is at its end: raise SIGTRAP if the debugger
 * wants the next event.
 *
 * @param[in,out] p  has MF_SC_ACTIVE, and would now go on in user mode
 * @source own design, after MINIX 3
 */
void tracing_leave(struct proc *p);
