/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The IPC trace: with trace=ipc every event is a record on the parallel port.
 */
#pragma once

#include <abi/trace.h>

#include "kernel/proc.h"

extern bool trace_on; /**< trace.c */

/**
 * Read the boot parameter.
 * @source own design
 */
void trace_init(void);

/**
 * Write a record. Call trace_event(), which is cheap when off.
 *
 * @param[in] kind    what happened
 * @param[in] from    who did it
 * @param[in] to      to whom, or from again
 * @param[in] type    of the message
 * @param[in] status  more about it
 * @source own design
 */
void trace_write(enum trace_kind kind, struct proc *from, struct proc *to,
    uint32_t type, int status);

/**
 * Write a record if the trace is on. @see trace_write()
 *
 * @param[in] kind, from, to, type, status  as there
 * @source own design
 */
static inline void
trace_event(enum trace_kind kind, struct proc *from, struct proc *to,
    uint32_t type, int status)
{
	if (__builtin_expect(trace_on, 0))
		trace_write(kind, from, to, type, status);
}
