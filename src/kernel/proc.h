/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The process table. A process runs iff it has no run-time flag; each flag is
 * an independent reason to wait, set and cleared by its own owner. Flags are
 * changed only by rts_set() and rts_clear() (<kernel/sched.h>), which keep
 * the ready queues in step. The kernel is never preempted: there is no lock.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/getinfo.h>
#include <abi/message.h>
#include <abi/signal.h>

#include "kernel/fault.h"
#include "kernel/hot.h"
#include "kernel/progress.h"

struct priv;

/** A process, or a free slot. */
struct proc {
	struct reg_frame regs; /**< must be first: the trap saves them here */

	/* Identity. */
	phys_bytes page_dir;
	endpoint_t endpoint;
	int slot;
	struct priv *priv;
	char name[PROC_NAME_MAX];

	/* Why it does not run, and the ready queue it is in when it does. */
	uint32_t rts_flags; /**< enum rts_flag; see sched.h */
	uint32_t misc_flags;
	struct ready_link ready;
	int32_t priority, base_priority, quantum, ticks_left;

	/* IPC. */
	endpoint_t getfrom;                   /**< while RECEIVING */
	endpoint_t sendto;                    /**< while SENDING */
	struct proc *queue_head, *queue_tail; /**< who is blocked on it */
	struct proc *queue_next;              /**< next in the queue it is in */
	vir_bytes delivermsg_vir; /**< its buffer, from its last receive */
	uint32_t deliver_status;  /**< for edx, with MF_DELIVERMSG */
	uint32_t asyn_pending[ASYN_MAP_WORDS]; /**< services with mail for it */
	struct message sendmsg;                /**< while SENDING */
	struct message delivermsg;             /**< with MF_DELIVERMSG */
	uint32_t defer[3]; /**< primitive, peer, address: MF_SC_DEFER */

	/* Kernel call in progress. */
	struct message kcall; /**< request as it came */
	vir_bytes kcall_vir;  /**< where the answer goes */
	int kcall_done;       /**< elements of its vector that are finished */

	/* Request to VM. */
	struct vm_request vmreq;
	enum vmreq_state vmreq_state;
	int vmreq_status;       /**< VM's answer */
	int vmreq_tries;        /**< times VM said OK to this very request */
	clock_ticks vmreq_time; /**< when it came */
	struct proc *vmreq_next;

	ksigset_t pending; /**< signals that the manager has not fetched */
	struct sig_fault fault;

	/* Accounting. */
	clock_ticks user_ticks, system_ticks, virt_left, prof_left;
	uint64_t cycles;

	uint8_t fpu[512] __attribute__((aligned(16)));
};

/** All slots, tasks first; defined in proc.c. */
extern struct proc proc_table[NR_TASKS + NR_PROCS];

/** Whose registers the last trap saved; defined in sched.c. */
extern struct proc *proc_current;

/** Process of a slot, which must be in range; tasks are negative. */
static inline struct proc *
proc_slot(int slot)
{
	return &proc_table[NR_TASKS + slot];
}

static inline bool
proc_is_free(const struct proc *p)
{
	return (p->rts_flags & RTS_SLOT_FREE) != 0;
}

/** True for HARDWARE, SYSTEM, CLOCK, IDLE and ASYNCM. */
static inline bool
proc_is_task(const struct proc *p)
{
	return p->slot < 0;
}

/**
 * Empty all slots and make the tasks.
 * @source own design
 */
void proc_init(void);

/**
 * Find a process, or a task, by endpoint.
 *
 * @param[in] ep  anything; SELF and ANY are nobody
 * @return the process, or NULL when no live process has this endpoint
 */
INLINE struct proc *
proc_lookup(endpoint_t ep)
{
	unsigned index = (unsigned)(endpoint_slot(ep) + NR_TASKS);
	struct proc *p;

	if (index >= NR_TASKS + NR_PROCS)
		return NULL;
	p = &proc_table[index];
	/* Keep the address: the compiler would rather compute it again. */
	__asm__("" : "+r"(p));
	return p->endpoint == ep && !proc_is_free(p) ? p : NULL;
}

/**
 * Put everything of a slot that is about IPC, VM and signals into its first
 * state. For a slot that fork has just copied from another.
 *
 * @param[in,out] p  in no queue
 * @source own design
 */
void proc_init_ipc(struct proc *p);

/**
 * Tell what GET_PROC and GET_PROCTAB tell about a process.
 *
 * @param[in]  p     any slot
 * @param[out] info  filled in
 * @source own design
 */
void proc_describe(const struct proc *p, struct proc_info *info);
