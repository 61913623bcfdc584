/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Endpoints: names of processes that are never reused while anyone may still
 * hold them. An endpoint joins a slot number with the generation of the slot,
 * which grows by one each time fork fills the slot.
 */
#pragma once

#include <abi/limits.h>
#include <abi/types.h>

#define MAX_NR_TASKS       1023  /* slots down to -1023 can be encoded */
#define ENDPOINT_GEN_SHIFT 15    /* slots and tasks of one generation */
#define ENDPOINT_GEN_MAX   65534 /* the next one is generation 1 again */
#define ENDPOINT_MASK      ((1 << ENDPOINT_GEN_SHIFT) - 1)

/* Names that are no process. As generation 0 or 1 slots they are out of
 * range, so no process can ever have them. */
#define NONE ((endpoint_t)0x6ace)
#define ANY  ((endpoint_t)0x7ace)
#define SELF ((endpoint_t)0x8ace)

/* Sources of notifications: names without code behind them. */
#define HARDWARE ((endpoint_t)-1) /* interrupts */
#define SYSTEM   ((endpoint_t)-2) /* signals; the target of kernel calls */
#define CLOCK    ((endpoint_t)-3) /* alarms */
#define IDLE     ((endpoint_t)-4) /* accounts for the time nobody uses */
#define ASYNCM   ((endpoint_t)-5) /* "your asynchronous send is finished" */

/* Boot services: fixed slots, generation 0. */
#define PM_PROC_NR    ((endpoint_t)0)
#define VFS_PROC_NR   ((endpoint_t)1)
#define RS_PROC_NR    ((endpoint_t)2)
#define MEM_PROC_NR   ((endpoint_t)3)
#define LOG_PROC_NR   ((endpoint_t)4)
#define TTY_PROC_NR   ((endpoint_t)5)
#define DS_PROC_NR    ((endpoint_t)6)
#define EXT2_PROC_NR  ((endpoint_t)7)
#define VM_PROC_NR    ((endpoint_t)8)
#define PIPE_PROC_NR  ((endpoint_t)9)
#define ATA_PROC_NR   ((endpoint_t)10)
#define IS_PROC_NR    ((endpoint_t)11)
#define INIT_PROC_NR  ((endpoint_t)12)
#define PROBE_PROC_NR ((endpoint_t)13) /* only in images made for tests */
#define NR_BOOT_PROCS 14

/** Make the endpoint of a slot in a generation. */
static inline endpoint_t
endpoint_make(int gen, int slot)
{
	return (endpoint_t)((gen << ENDPOINT_GEN_SHIFT) + slot);
}

/** Slot number of an endpoint; negative for the notification sources. */
static inline int
endpoint_slot(endpoint_t ep)
{
	return (int)(((uint32_t)ep + MAX_NR_TASKS) & ENDPOINT_MASK) -
	    MAX_NR_TASKS;
}

/** Generation of an endpoint. */
static inline int
endpoint_gen(endpoint_t ep)
{
	return (int)(((uint32_t)ep + MAX_NR_TASKS) >> ENDPOINT_GEN_SHIFT);
}
