/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Scheduling.
 *
 * A process that becomes ready with ticks left goes to the front of its queue
 * (behind the running process), one that has used its quantum gets a new one
 * one queue lower and goes to the back. Every BALANCE_TICKS each process that
 * has sunk rises by one queue.
 *
 * Race mode looks for bugs that need an unlucky order: one queue for all, one
 * tick of quantum, a random choice and random preemption, all from a seed.
 */
#include <abi/errno.h>
#include <lacuna/string.h>

#include "kernel/params.h"
#include "kernel/priv.h"
#include "kernel/sched.h"

#define BALANCE_TICKS 100
#define RACE_PREEMPT  8 /* one kernel exit in so many picks anew */

static uint32_t race_state; /* generator; 0: race mode is off */
static uint32_t balance_left = BALANCE_TICKS;

struct ready_link ready_queues[NR_SCHED_QUEUES];
uint32_t ready_map;
bool sched_unusual;
uint64_t sched_switches;
struct proc *sched_bill;
struct proc *proc_current;

static uint32_t
race_random(void)
{
	race_state ^= race_state << 13;
	race_state ^= race_state >> 17;
	race_state ^= race_state << 5;
	return race_state;
}

void
sched_init(void)
{
	race_state = param_number("race", 0);
	sched_unusual = sched_unusual || race_state != 0;
	for (int q = 0; q < NR_SCHED_QUEUES; q++)
		ready_queues[q].next = ready_queues[q].prev = &ready_queues[q];
	proc_current = proc_slot(endpoint_slot(IDLE));
	sched_bill = proc_current;
}

static inline struct proc *
proc_of(struct ready_link *link)
{
	return (struct proc *)((char *)link - offsetof(struct proc, ready));
}

/* A new quantum; who used up the old one sinks. */
static void
quantum_renew(struct proc *p)
{
	p->ticks_left = race_state != 0 ? 1 : p->quantum;
	if (p->priority < WORST_QUEUE)
		p->priority++;
	if (race_state != 0)
		p->priority = USER_QUEUE;
}

REGPARM void
sched_enqueue(struct proc *p)
{
	struct ready_link *head;

	if (p->ticks_left > 0) {
		sched_enqueue_quick(p);
		return;
	}
	quantum_renew(p);
	head = &ready_queues[p->priority];
	p->ready.prev = head->prev;
	p->ready.next = head;
	head->prev->next = &p->ready;
	head->prev = &p->ready;
	ready_map |= 1u << p->priority;
}

int
sched_set(struct proc *p, int priority, int quantum)
{
	bool ready = p->rts_flags == 0;

	if (priority < -1 || priority > WORST_QUEUE || quantum < -1 ||
	    quantum == 0)
		return -EINVAL;
	if (ready)
		sched_dequeue(p);
	if (priority >= 0)
		p->priority = p->base_priority = priority;
	if (quantum > 0)
		p->quantum = p->ticks_left = quantum;
	if (race_state != 0)
		p->priority = USER_QUEUE;
	if (ready)
		sched_enqueue(p);
	return OK;
}

void
sched_fork(struct proc *parent, struct proc *child)
{
	child->ticks_left = (parent->ticks_left + 1) / 2;
	parent->ticks_left /= 2;
}

/* Move whoever has sunk one queue up. */
static void
balance(void)
{
	for (int i = 0; i < NR_PROCS; i++) {
		struct proc *p = proc_slot(i);
		bool ready = p->rts_flags == 0;

		if (proc_is_free(p) || p->priority <= p->base_priority)
			continue;
		if (ready)
			sched_dequeue(p);
		p->priority--;
		if (ready)
			sched_enqueue(p);
	}
}

/* The nth of the ready processes; NULL: there are not so many. */
static struct proc *
ready_nth(uint32_t n)
{
	for (int q = 0; q < NR_SCHED_QUEUES; q++) {
		struct ready_link *head = &ready_queues[q], *at;

		for (at = head->next; at != head; at = at->next)
			if (n-- == 0)
				return proc_of(at);
	}
	return NULL;
}

/* Any of the ready processes; but the running one goes on, mostly. */
static struct proc *
race_pick(void)
{
	uint32_t count = 0;

	if (proc_current->rts_flags == 0 && race_random() % RACE_PREEMPT != 0)
		return proc_current;
	while (ready_nth(count) != NULL)
		count++;
	return count != 0 ? ready_nth(race_random() % count) : NULL;
}

struct proc *
sched_pick(void)
{
	if (race_state != 0)
		return race_pick();
	if (ready_map == 0)
		return NULL;
	return proc_of(ready_queues[__builtin_ctz(ready_map)].next);
}

struct proc *
sched_tick(bool user)
{
	struct proc *p = proc_current;

	p->user_ticks++;
	if (race_state == 0 && --balance_left == 0) {
		balance_left = BALANCE_TICKS;
		balance();
	}
	if (!user)
		return NULL;
	if (p != sched_bill)
		sched_bill->system_ticks++;
	if ((p->priv->spec.flags & PREEMPTIBLE) == 0)
		p = sched_bill;
	if (p->rts_flags == 0 && --p->ticks_left <= 0) {
		sched_dequeue(p);
		sched_enqueue(p);
	}
	return sched_bill;
}
