/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM's process table. A slot has the same number here, in the kernel, in VM
 * and in VFS.
 *
 * Invariants, asserted wherever these flags change (proc_check):
 * - UNPAUSED implies PROC_STOPPED and neither DELAY_CALL nor VFS_CALL;
 * - PROC_STOPPED and DELAY_CALL exclude each other.
 * And the main loop lets no request begin of a process that has PROC_STOPPED,
 * VFS_CALL or UNPAUSED.
 * Whether a process may go on is always decided on these flags as they are,
 * never on what happened before.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/signal.h>
#include <proto/pm_limit.h>

#include "servers/pm/flags.h"
#include "servers/pm/slots.h"

#define INIT_PID 1
#define PID_MAX  30000

#define NO_TRACER 0 /* the slot of PM, which traces nobody */

/** What a process does on a signal. */
struct sig_action {
	vir_bytes handler; /**< PM_SIG_DFL, PM_SIG_IGN or an address */
	ksigset_t mask;
	uint32_t flags; /**< PM_SA_* */
};

/** Interval timers that PM keeps itself or re-arms. */
struct itimer {
	clock_ticks deadline; /**< REAL: uptime of the expiry, 0: off */
	clock_ticks interval; /**< 0: once */
};

struct mproc {
	uint32_t flags; /**< enum mproc_flag */
	endpoint_t ep;
	int32_t pid, pgrp, sid;
	int32_t parent; /**< slot */
	uint32_t uid, euid, gid, egid;
	uint32_t groups, group[NGROUPS_MAX]; /**< beside these; how many */
	int32_t nice;

	int32_t wait_pid; /**< of the wait it is blocked in; group: negative */
	int32_t wait_options; /**< PM_W* of that */
	int32_t stop_signal;  /**< the last that stopped it */
	int32_t exit_status, exit_signal;
	int32_t request; /**< request VFS has, while VFS_CALL */
	int32_t call;    /**< enum vfs_pm_call, interrupted, while UNPAUSED */
	uint32_t rs_tag; /**< of RS's request, while SRV_FORKED */
	clock_ticks vfs_deadline; /**< VFS must have answered by then; 0: off */
	clock_ticks child_user, child_system;

	/* signals */
	ksigset_t ignored, caught, mask, pending;
	ksigset_t kernel_pending; /**< pending ones that the kernel raised */
	ksigset_t saved_mask;     /**< to restore after sigsuspend */
	vir_bytes trampoline;
	vir_bytes alt_stack; /**< for handlers with PM_SA_ONSTACK */
	uint32_t alt_size;   /**< 0: there is none */
	struct sig_action action[_NSIG];

	/* tracing, see tracer.c; without a tracer the rest means nothing */
	int32_t tracer;         /**< slot, or NO_TRACER */
	uint32_t trace_options; /**< TO_* */
	ksigset_t trace_queue;  /**< signals that the tracer has not seen */
	ksigset_t trace_events; /**< if they are there: nobody has sent them */

	struct itimer timer[3]; /**< by enum pm_itimer_which */
	struct pm_limit limit[PM_LIMITS];
	char name[PROC_NAME_MAX];
};

/** The table; defined in proc.c. */
extern struct mproc mproc[NR_PROCS];

/** Slot number of a process. */
static inline int
proc_slot(const struct mproc *mp)
{
	return (int)(mp - mproc);
}

/** From now on a slot is in use. @param[in,out] mp  slot; its flags are set */
static inline void
proc_enter(struct mproc *mp)
{
	mp->flags = IN_USE;
	slot_enter(proc_slot(mp));
}

/** For loops over all processes in use; they may come and go meanwhile. */
#define FOR_EACH_PROC(mp)                                                      \
	for ((mp) = mproc + slot_next(0); (mp) < mproc + NR_PROCS;             \
	     (mp) = mproc + slot_next(proc_slot(mp) + 1))

/**
 * Find the process behind an endpoint.
 *
 * @param[in] ep  any endpoint, also a forged one
 * @return the process, or NULL when it is none (any more)
 */
struct mproc *proc_by_ep(endpoint_t ep);

/** Find a process by its id, also one that is exiting.
 * @param[in] pid  process id @return the process, or NULL */
struct mproc *proc_by_pid(int32_t pid);

/**
 * Find an empty slot. The last few are kept for the superuser.
 *
 * @param[in] uid  who asks
 * @return the slot, or NULL when there is none for this user
 */
struct mproc *proc_alloc(uint32_t uid);

/**
 * Forget a process: VFS knows it no more, and its parent has collected it.
 *
 * @param[in] mp  process
 */
void proc_free(struct mproc *mp);

/** Choose an id that is neither a process nor a group. @return the id */
int32_t proc_new_pid(void);

/** Assert the invariants at the top of this file. @param[in] mp  process */
void proc_check(const struct mproc *mp);

/**
 * Answer a request of a process. A process that is not waiting for the
 * answer any more loses it; PM never blocks here.
 *
 * @param[in] mp      process
 * @param[in] status  OK or a negative error
 * @param[in] rep     body of the reply, or NULL
 * @param[in] size    bytes of it, at most MSG_BODY
 */
void proc_reply(struct mproc *mp, int status, const void *rep, size_t size);
