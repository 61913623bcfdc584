/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Privilege structures. Each service has its own; all user processes share
 * USER_PRIV_ID; the tasks have theirs with negative ids, so that they can be
 * sources of notifications. Bitmaps of services are indexed by priv_bit(),
 * in which the tasks come first.
 */
#pragma once

#include <abi/priv.h>
#include <abi/ptrace.h>

#include "kernel/arch/i386/bits.h"
#include "kernel/proc.h"
#include "kernel/timer.h"

/** Structures: of tasks, of users, of services. */
#define NR_PRIVS (NR_TASKS + NR_SYS_PROCS)

/** Words of a bitmap with a bit for each. */
#define PRIV_MAP_WORDS ASYN_MAP_WORDS

/** What a process may do, and what is pending for it. */
struct priv {
	struct proc *proc; /**< owner; NULL: free. Shared id: NULL */
	unsigned bit;      /**< index in the table and in bitmaps of others */
	int id;            /**< index - NR_TASKS */
	bool used;
	struct priv_spec spec; /**< masks as they were set, ranges, managers */
	uint32_t may_send[PRIV_MAP_WORDS]; /**< follows, by priv_bit() */
	uint32_t uses[NR_KERNEL_CALLS];    /**< how often each call was made */
	uint32_t sent[PRIV_MAP_WORDS];     /**< to whom, by priv_bit() */
	uint32_t io_used, mem_used, irq_used; /**< bits as in spec */

	/* Pending for the owner. */
	uint32_t notify_pending[PRIV_MAP_WORDS]; /**< by sender */
	uint32_t irqs;    /**< bits of interrupts, for HARDWARE's message */
	ksigset_t sigset; /**< system signals, for SYSTEM's message */

	/* Its asynchronous sends, its grants. */
	vir_bytes asyn_table;
	uint32_t asyn_size; /**< entries; 0: none */
	vir_bytes grant_table;
	int32_t grant_entries;
	endpoint_t grant_owner; /**< endpoint that announced the table */

	struct timer alarm;
};

/** All structures, tasks first; defined in priv.c. */
extern struct priv priv_table[NR_PRIVS];

/** Structure with an id in [-NR_TASKS, NR_SYS_PROCS). */
static inline struct priv *
priv_by_id(int id)
{
	return &priv_table[NR_TASKS + id];
}

/** Index of a structure in the bitmaps of others. */
static inline unsigned
priv_bit(const struct priv *priv)
{
	return priv->bit;
}

/** May the owner of a structure send to (the owner of) another? */
static inline bool
priv_may_send(const struct priv *from, const struct priv *to)
{
	return bit_test(from->may_send, priv_bit(to));
}

/** May the owner make kernel call nr (0 is the first)? */
static inline bool
priv_may_call(const struct priv *priv, unsigned nr)
{
	return bit_test(priv->spec.kcall_mask, nr);
}

/** May the owner use an IPC primitive? */
static inline bool
priv_may_trap(const struct priv *priv, uint32_t primitive)
{
	return primitive <= 31 && bit_test(&priv->spec.trap_mask, primitive);
}

/** Is the owner a service? */
static inline bool
priv_is_sys(const struct priv *priv)
{
	return (priv->spec.flags & SYS_PROC) != 0;
}

/**
 * Set up the tasks' structures and the one that all users share.
 * @source own design
 */
void priv_init(void);

/**
 * Give a process its own structure, with nothing pending and nothing allowed.
 *
 * @param[in,out] p   must not have one of its own
 * @param[in]     id  static id, or -1 for any of the dynamic ones
 *
 * @retval OK       p->priv is its own
 * @retval -EINVAL  no such static id
 * @retval -EBUSY   id is in use
 * @retval -ENOSPC  no dynamic id is free
 * @source own design, after MINIX 3 sys_privctl()
 */
int priv_alloc(struct proc *p, int id);

/**
 * Take a process's own structure away; it shares USER_PRIV_ID then.
 *
 * @param[in,out] p  has one of its own
 * @source own design
 */
void priv_free(struct proc *p);

/**
 * Set a send mask. A may send to B if A's mask has B, or B's has A (so that A
 * can answer): the order in which masks are set does not matter. Only users
 * gain nothing from being in a service's mask. Nobody may send to itself.
 *
 * @param[in,out] priv  in use
 * @param[in]     mask  SEND_MASK_WORDS words, by privilege id
 * @source own design
 */
void priv_set_send_mask(struct priv *priv, const uint32_t *mask);

/**
 * Tell a debugger about a structure.
 *
 * @param[in]  priv  in use
 * @param[out] info  filled in
 * @source own design
 */
void priv_describe(const struct priv *priv, struct trace_priv *info);

/**
 * Allow everything: for RS at boot.
 *
 * @param[in,out] priv  in use
 * @source own design
 */
void priv_allow_all(struct priv *priv);
