/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * How the requests of tracers change who is traced and how it goes on.
 */
#pragma once

#include "servers/pm/proc.h"

/**
 * Begin to trace a process.
 *
 * @param[in] mp       process without a tracer
 * @param[in] tracer   another process
 * @param[in] options  TO_*
 */
void tracer_set(struct mproc *mp, const struct mproc *tracer, uint32_t options);

/**
 * Have a traced process show a signal that stands for an event and that
 * nobody has sent: it is lost when the tracer detaches.
 *
 * @param[in] mp   traced process
 * @param[in] sig  SIGSTOP or SIGTRAP
 */
void tracer_event(struct mproc *mp, int sig);

/**
 * Let a stopped process go on, unless it has more signals to show: then it
 * stays as it is.
 *
 * @param[in] mp       stopped for its tracer
 * @param[in] request  T_RESUME, T_STEP, T_SYSCALL
 * @param[in] sig      signal that it gets, or 0
 */
void tracer_resume(struct mproc *mp, int request, int sig);

/**
 * Stop tracing a process: it goes on and gets the signals that were sent to
 * it, shown or not collected yet.
 *
 * @param[in] mp   stopped for its tracer
 * @param[in] sig  signal that it gets besides, or 0
 */
void tracer_detach(struct mproc *mp, int sig);
