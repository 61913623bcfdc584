/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Privileges of a service, as RS hands them to the kernel. All user
 * processes share one privilege structure, USER_PRIV_ID.
 */
#pragma once

#include <abi/ipc.h>
#include <abi/kcall.h>

#define USER_PRIV_ID    0
#define SEND_MASK_WORDS (NR_SYS_PROCS / 32)

enum privctl_request {
	SYS_PRIV_ALLOW = 1,  /* let a process run that had no privileges */
	SYS_PRIV_DISALLOW,   /* take NO_PRIV back */
	SYS_PRIV_SET_SYS,    /* give a privilege structure; arg: priv_spec */
	SYS_PRIV_SET_USER,   /* make it an ordinary user process */
	SYS_PRIV_ADD_IO,     /* arg: priv_range */
	SYS_PRIV_ADD_MEM,    /* arg: priv_range */
	SYS_PRIV_ADD_IRQ,    /* arg: priv_range, first = line */
	SYS_PRIV_QUERY_MEM,  /* OK if ep owns the range; arg: priv_range */
	SYS_PRIV_UPDATE_SYS, /* change a running service; arg: priv_spec */
};

/* Flags. */
#define PREEMPTIBLE   0x002
#define BILLABLE      0x004
#define DYN_PRIV_ID   0x008 /* any free id; else id is given */
#define SYS_PROC      0x010
#define CHECK_IO_PORT 0x020
#define CHECK_IRQ     0x040
#define CHECK_MEM     0x080
#define USERS_SEND    0x100 /* user processes may send to it */

#define WORST_QUEUE 14 /* of the scheduler; 0 is the best */

#define PRIV_NR_IO  16
#define PRIV_NR_MEM 8
#define PRIV_NR_IRQ 8

/** An inclusive range of ports, addresses or lines. */
struct priv_range {
	uint32_t first;
	uint32_t last;
};

#define TRAP_BIT(primitive) (1u << (primitive))
#define TRAPS_ALL                                                              \
	(TRAP_BIT(SEND) | TRAP_BIT(RECEIVE) | TRAP_BIT(SENDREC) |              \
	    TRAP_BIT(NOTIFY) | TRAP_BIT(SENDNB) | TRAP_BIT(SENDA))
#define TRAPS_USER TRAP_BIT(SENDREC)

struct priv_spec {
	uint32_t flags;
	int32_t id; /**< static id, unless DYN_PRIV_ID */
	uint32_t trap_mask;
	uint32_t send_mask[SEND_MASK_WORDS]; /**< privilege ids */
	uint32_t kcall_mask[KCALL_MASK_WORDS];
	int32_t nr_io, nr_mem, nr_irq;
	struct priv_range io[PRIV_NR_IO];
	struct priv_range mem[PRIV_NR_MEM];
	int32_t irq[PRIV_NR_IRQ];
	endpoint_t sig_mgr;     /**< who handles its signals; SELF possible */
	endpoint_t bak_sig_mgr; /**< takes over when that dies; or NONE */
	int32_t priority;       /**< queue, 0 best */
	int32_t quantum;        /**< ticks */
};

/** Static privilege id of the boot service in a slot (user ids share 0). */
#define BOOT_PRIV_ID(slot) ((slot) + 1)
#define FIRST_DYN_PRIV_ID  (NR_BOOT_PROCS + 1)
