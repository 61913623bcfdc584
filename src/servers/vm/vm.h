/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * VM: who has which memory. VM owns all frames, builds the page tables of
 * all processes, and answers the page faults they meet. It never faults
 * itself: its own memory was given when the system started, and its records
 * lie in frames it sees through its window.
 *
 * No translation is flushed anywhere in VM: while it changes the tables of a
 * process, its own are in force, and the processor forgets all others when
 * it goes back to them. The kernel reaches user memory through the tables
 * themselves.
 */
#pragma once

#include <abi/endpoint.h>
#include <lacuna/server.h>
#include <proto/vm.h>

#include "servers/vm/frames.h"

struct region;

/* Flags of a process. */
#define VMF_SERVICE 0x1 /* may have the last frame */
#define VMF_LOADING 0x2 /* its image is being written; it has not run yet */
#define VMF_EXITING 0x4 /* gets no more frames */
#define VMF_ROOT    0x8 /* of the superuser: some frames are kept for it */
#define QUOTA_NONE  UINT32_MAX

/** What has happened to a process. */
struct vm_counters {
	uint32_t faults, cow_faults, pages_copied;
	uint32_t cow_shares; /**< pages it got by copies that made none */
};

/** What VM knows of a process. */
struct vmproc {
	endpoint_t ep; /**< NONE: the slot is free */
	uint32_t flags;
	uint32_t call_mask; /**< VM_CALL_BIT() */
	phys_bytes page_dir;
	struct region *regions; /**< in order of address */
	uint32_t nregions;
	uint32_t committed; /**< pages it may come to need, see region.h */
	uint32_t held;      /**< pages of its regions, see region.h */
	uint32_t quota;     /**< of these and its stack; or QUOTA_NONE */
	uint32_t stack_max, data_max; /**< see VM_SET_LIMITS */
	vir_bytes brk_min, brk;

	struct vm_counters count;
	vir_bytes fault_addr, fault_pc; /**< of the last fault, and ... */
	uint32_t fault_times;           /**< ... how often in succession */
};

/** By slot; defined in process.c. */
extern struct vmproc vmproc_table[NR_PROCS];

/** Sums over processes that have ended; defined in process.c. */
extern struct vm_counters vmproc_past;

extern const struct server vm_server; /* table.c */

/** Make all slots free. */
void vmproc_init(void);

/**
 * Find a process.
 *
 * @param[in] ep  anything
 * @return the process, or NULL if VM knows no such endpoint
 */
struct vmproc *vmproc_find(endpoint_t ep);

/**
 * The caller of a request. It is the one process a request about memory is
 * about: nobody maps memory for others.
 *
 * @param[in] who  its endpoint; its right to the call was checked
 * @return the process
 */
struct vmproc *vmproc_caller(endpoint_t who);

/**
 * Find the process a request of its manager is about.
 *
 * @param[in]  who  the manager, whose right to the call was checked
 * @param[in]  ep   anything
 * @param[out] p    the process
 *
 * @retval OK       *p is set
 * @retval -EINVAL  no such process
 * @retval -EPERM   the manager itself, or VM
 */
int vmproc_other(endpoint_t who, endpoint_t ep, struct vmproc **p);

/** Fill a free slot; the process has no memory yet. */
void vmproc_start(struct vmproc *p, endpoint_t ep, phys_bytes page_dir);

/** On whose behalf frames for this process are taken. */
static inline enum frame_use
vmproc_use(const struct vmproc *p)
{
	if ((p->flags & VMF_SERVICE) != 0)
		return FRAME_SERVICE;
	return (p->flags & VMF_ROOT) != 0 ? FRAME_ROOT : FRAME_USER;
}

/** Drop all memory of a process and empty its slot. */
void vmproc_end(struct vmproc *p);

/**
 * Take the boot processes over as the kernel has built them.
 *
 * @retval OK       VM knows all of them
 * @return or an error of the kernel call that lists them; -ENOMEM
 * @source own design
 */
int adopt_boot_processes(void);

/**
 * Learn from RS's public table what services may ask for.
 *
 * @param[in] rproctab_gid  RS's grant
 *
 * @retval OK  masks of all boot services are in force
 * @return or an error of the copy
 * @source own design, after MINIX 3
 */
int acl_init(cp_grant_id_t rproctab_gid);

/** Whether a process may make a VM call, by number. */
bool acl_permits(endpoint_t who, int call);

/**
 * The image of a process is complete, and the process runs: from now on its
 * code cannot be written.
 */
void exec_settle(struct vmproc *p);

/** A message of the kernel on behalf of a process: a page fault. */
void fault_message(const struct message *m);

/** Signal from the kernel: answer all memory requests that wait. */
void memreq_signal(int signo);

VM_CALLS(PROTO_HANDLER)

/** Print figures of memory and of each process, for debugging. */
void vm_dump(void);
