/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of the kernel calls, made from the list of them.
 */
#include "kernel/kcall.h"

#include "kernel/call/call.h"

#define SERVE(NR, name)                                                        \
	static int serve_##name(struct proc *caller, const void *req,          \
	    void *rep)                                                         \
	{                                                                      \
		return do_##name(caller, req, rep);                            \
	}

/* Structures without payload are one byte long; nothing else is. */
#define WORDS(type) (sizeof(type) == 1 ? 0 : (sizeof(type) + 3) / 4)
#define ENTRY(NR, name)                                                        \
	{ serve_##name, WORDS(struct name##_req), WORDS(struct name##_rep) },

KERNEL_CALLS(SERVE)

const struct kcall_entry kcall_table[NR_KERNEL_CALLS] = { KERNEL_CALLS(ENTRY) };
