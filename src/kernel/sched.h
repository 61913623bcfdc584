/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Who runs next: queues by priority, 0 best, with a bitmap of those that are
 * not empty. A process is in a queue iff it has no run-time flag; the running
 * one stays in its queue.
 */
#pragma once

#include "kernel/proc.h"

#define USER_QUEUE   7  /**< where ordinary processes begin */
#define IDLE_QUEUE   15 /**< nobody's */
#define USER_QUANTUM 8  /**< ticks */

/** Heads of the queues, which are circular; sched.c. */
extern struct ready_link ready_queues[NR_SCHED_QUEUES];

/** A bit for each queue that is not empty; sched.c. */
extern uint32_t ready_map;

/**
 * Put a process that has just become ready into its queue.
 *
 * @param[in,out] p  without run-time flags, in no queue
 * @source own design, after MINIX 3
 */
REGPARM void sched_enqueue(struct proc *p);

/** Take a process that is no longer ready out of its queue. */
INLINE void
sched_dequeue(struct proc *p)
{
	struct ready_link *next = p->ready.next, *prev = p->ready.prev;

	next->prev = prev;
	prev->next = next;
	if (next == prev) /* the head is left alone */
		ready_map &= ~(1u << p->priority);
}

/** sched_enqueue() in line. */
INLINE void
sched_enqueue_quick(struct proc *p)
{
	struct ready_link *prev = &ready_queues[p->priority], *next;

	if (__builtin_expect(p->ticks_left <= 0, 0)) {
		sched_enqueue(p);
		return;
	}
	if (prev->next == &proc_current->ready)
		prev = prev->next;
	next = prev->next;
	p->ready.prev = prev;
	p->ready.next = next;
	next->prev = &p->ready;
	prev->next = &p->ready;
	ready_map |= 1u << p->priority;
}

/** Add reasons to wait. */
static inline void
rts_set(struct proc *p, uint32_t flags)
{
	uint32_t old = p->rts_flags;

	p->rts_flags = old | flags;
	if (old == 0)
		sched_dequeue(p);
}

/** Take reasons to wait away. */
static inline void
rts_clear(struct proc *p, uint32_t flags)
{
	uint32_t old = p->rts_flags;

	p->rts_flags = old & ~flags;
	if (old != 0 && p->rts_flags == 0)
		sched_enqueue(p);
}

/** Has it any of these reasons to wait? */
static inline bool
rts_isset(const struct proc *p, uint32_t flags)
{
	return (p->rts_flags & flags) != 0;
}

/**
 * Empty the queues; read boot parameter race.
 * @source own design
 */
void sched_init(void);

/**
 * Set base priority and quantum. The process gets its full quantum.
 *
 * @param[in,out] p         process, ready or not
 * @param[in]     priority  queue, or -1: leave
 * @param[in]     quantum   ticks, or -1: leave
 *
 * @retval OK       done
 * @retval -EINVAL  out of range
 * @source own design
 */
int sched_set(struct proc *p, int priority, int quantum);

/**
 * Choose the process to run next: the head of the best queue, but in race mode
 * any that is ready.
 *
 * @return a ready process, or NULL: there is none
 * @source own design
 */
struct proc *sched_pick(void);

/**
 * Charge a tick to the running process, whose cycles have been counted, and
 * take it off the processor when its quantum is used up.
 *
 * @param[in] user  the tick came in user mode, not in idle
 * @return the process that pays: the running one, or for a service whoever it
 *         most likely works for; NULL when idle
 */
struct proc *sched_tick(bool user);

/**
 * Split the rest of the parent's quantum with its new child.
 *
 * @param[in,out] parent  has forked
 * @param[in,out] child   not ready yet
 * @source own design, after MINIX 3
 */
void sched_fork(struct proc *parent, struct proc *child);

/** Who pays for the work of services; sched.c. */
extern struct proc *sched_bill;

/** How often another process has begun to run; sched.c. */
extern uint64_t sched_switches;

/** No trap may take a short way: race mode, or the IPC trace is on. Set once,
 * at boot; sched.c. */
extern bool sched_unusual;
