/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way back to user mode as most traps take it. switch_quick() ends them:
 * when there is nothing out of the ordinary, it continues the best ready
 * process straight away, and otherwise leaves it to switch_to_user().
 */
#pragma once

#include "kernel/arch/i386/active.h"
#include "kernel/arch/i386/io.h"
#include "kernel/arch/i386/user.h"
#include "kernel/counters.h"
#include "kernel/priv.h"
#include "kernel/sched.h"
#include "kernel/trace.h"
#include "kernel/vmreq.h"

/** What has to be done before a process may continue in user mode. */
#define MF_EXIT_WORK                                                           \
	(MF_DELIVERMSG | MF_KCALL_RESUME | MF_SC_DEFER | MF_SC_ACTIVE | MF_STEP)

/** Head of the best queue; there is a ready process. */
INLINE struct proc *
ready_best(void)
{
	struct ready_link *link = ready_queues[__builtin_ctz(ready_map)].next;

	return (struct proc *)((char *)link - offsetof(struct proc, ready));
}

/** Time stamp (low half) when proc_current began to run; switch.c. */
extern uint32_t switch_time;

/** Stop the running process's clock and start that of p. */
INLINE void
switch_account(struct proc *p)
{
	uint32_t now = (uint32_t)read_tsc();

	/* A tick comes long before this difference overflows. */
	proc_current->cycles += now - switch_time;
	switch_time = now;
	proc_current = p;
	if ((p->priv->spec.flags & BILLABLE) != 0)
		sched_bill = p;
}

/** Make p the current and active process; it is another one. */
INLINE void
switch_process(struct proc *p)
{
	switch_account(p);
	sched_switches++;
	arch_activate(p);
}

/**
 * Copy the message of p, which is active, to where p wants it.
 * @return false: there is no memory, p does not run now
 */
INLINE bool
switch_deliver(struct proc *p)
{
	if (__builtin_expect(
		!user_write_message(p->delivermsg_vir, &p->delivermsg), 0)) {
		vmreq_deliver_fault(p);
		return false;
	}
	p->misc_flags &= ~(uint32_t)MF_DELIVERMSG;
	p->vmreq_state = VMREQ_IDLE; /* the answer, if any, was of use */
	return true;
}

/**
 * Run the best ready process until the next trap, after doing what it has to do
 * in the kernel first.
 * @source own design
 */
_Noreturn void switch_to_user(void);

/** End a trap: run the best ready process. */
INLINE _Noreturn void
switch_quick(void)
{
	struct proc *p;
	uint32_t work;

	if (__builtin_expect(ready_map == 0, 0))
		switch_to_user();
	p = ready_best();
	if (p != proc_current)
		switch_process(p);
	work = p->misc_flags & MF_EXIT_WORK;
	if (work != 0) {
		if (work != MF_DELIVERMSG || !switch_deliver(p))
			switch_to_user();
		p->regs.edx = p->deliver_status;
	}
	switch_finish(p);
}
