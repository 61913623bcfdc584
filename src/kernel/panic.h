/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The end: panics, stack traces and leaving the machine.
 */
#pragma once

#include <abi/kcall_info.h>

struct proc;

/** Print a message and stack trace, then end the run. For broken machines and
 * broken invariants only, never for bad input. */
_Noreturn void panic(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#define kassert(claim)                                                         \
	do {                                                                   \
		if (!(claim))                                                  \
			panic("%s:%d: %s", __FILE__, __LINE__, #claim);        \
	} while (0)

/** Print `trace NAME ENDPOINT ADDRESS...' for a process: pc, then the return
 * addresses its frame pointers lead to. */
void proc_stacktrace(const struct proc *p);

/** Leave the machine, or start it anew. */
_Noreturn void machine_end(enum abort_how how);
