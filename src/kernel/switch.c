/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way from the kernel to a process, see switch.h: the whole of it, with all
 * that may have to be done before.
 */
#include "kernel/switch.h"

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/devices.h"
#include "kernel/ipc/tracing.h"
#include "kernel/kcall.h"

uint32_t switch_time;

static void
idle(void)
{
	switch_account(proc_slot(endpoint_slot(IDLE)));
	while (ready_map == 0)
		arch_idle();
}

static void
deliver(struct proc *p)
{
	struct proc *from = proc_lookup(p->delivermsg.m_source);

	if (!switch_deliver(p))
		return;
	p->regs.edx = p->deliver_status;
	if (from != NULL)
		trace_event(TRACE_DELIVER, from, p,
		    (uint32_t)p->delivermsg.m_type,
		    (int)(p->deliver_status & 0x3f));
}

/* Do what has to come before user mode; false: p no longer may run. */
static bool
exit_work(struct proc *p)
{
	while (p->rts_flags == 0 && (p->misc_flags & MF_EXIT_WORK) != 0) {
		if ((p->misc_flags & MF_DELIVERMSG) != 0) {
			deliver(p);
		} else if ((p->misc_flags & MF_KCALL_RESUME) != 0) {
			kcall_resume(p);
		} else if ((p->misc_flags & MF_SC_DEFER) != 0) {
			tracing_deferred(p);
		} else if ((p->misc_flags & MF_SC_ACTIVE) != 0) {
			tracing_leave(p);
		} else {
			if ((p->misc_flags & MF_STEP) != 0)
				p->regs.eflags |= EFLAGS_TF;
			return true;
		}
	}
	return p->rts_flags == 0;
}

void
switch_to_user(void)
{
	struct proc *p;

	for (;;) {
		p = sched_pick();
		if (p == NULL) {
			idle();
			continue;
		}
		if (p != proc_current) {
			switch_process(p);
			trace_event(TRACE_SWITCH, p, p, 0, 0);
		}
		if (exit_work(p))
			switch_finish(p);
	}
}
