/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The IPC trace: with trace=ipc every event is a record on the parallel port.
 */
#pragma once

#include <abi/trace.h>

#include "kernel/proc.h"

extern bool trace_on; /**< trace.c */

/** Read the boot parameter. */
void trace_init(void);

/** Write a record. Call trace_event(), which is cheap when off. */
void trace_write(enum trace_kind kind, struct proc *from, struct proc *to,
    uint32_t type, int status);

static inline void
trace_event(enum trace_kind kind, struct proc *from, struct proc *to,
    uint32_t type, int status)
{
	if (__builtin_expect(trace_on, 0))
		trace_write(kind, from, to, type, status);
}
