/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Dispatching of kernel calls. A handler is
 *
 *     int do_sys_NAME(struct proc *caller, const struct sys_NAME_req *req,
 *         struct sys_NAME_rep *rep);
 *
 * It returns OK or a negative errno, -EVMSUSPEND when it must be repeated
 * after VM has helped (see vmcopy.h), or -EDONTREPLY when the caller gets no
 * answer because it is gone or has a new context. *req is a copy in the
 * kernel that does not change; *rep is copied out only with OK.
 */
#pragma once

#include <abi/kcall.h>

#include "kernel/proc.h"

/** How a call is served. */
struct kcall_entry {
	/** The handler, with its structures passed as they lie. */
	int (*handler)(struct proc *caller, const void *req, void *rep);
	uint32_t req_words; /**< of its payload; 0: it has none */
	uint32_t rep_words; /**< of the answer's */
};

/** By number - KERNEL_CALL; defined in call/table.c. */
extern const struct kcall_entry kcall_table[NR_KERNEL_CALLS];

/**
 * The kernel-call trap. Continues the best ready process.
 *
 * @param[in,out] caller  ebx holds the address of its message
 * @source own design
 */
_Noreturn REGPARM void kcall_trap(struct proc *caller);

/**
 * Repeat a call that waited for VM (MF_KCALL_RESUME).
 *
 * @param[in,out] caller  the active process
 * @source own design
 */
void kcall_resume(struct proc *caller);
