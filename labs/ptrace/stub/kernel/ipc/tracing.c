/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Tracing of calls, a machine of three flags. A call is one IPC trap.
 *
 * - MF_SC_TRACE: the debugger wants the next event;
 * - MF_SC_DEFER: stopped on entry, the call is noted and not yet made;
 * - MF_SC_ACTIVE: the entry of the call the process is in has been seen.
 *
 * This machine is yours to write: what each function must do is said in
 * kernel/ipc/tracing.h. Until then no debugger sees a call: T_SYSCALL is a
 * T_RESUME, and a step over a call ends one instruction behind it.
 */
#include "kernel/ipc/tracing.h"

#include <abi/ptrace.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/ipc/parts.h"
#include "kernel/signal.h"

void
tracing_stop(struct proc *p)
{
	rts_set(p, RTS_P_STOP);
	p->misc_flags &= ~(uint32_t)MF_STEP;
	p->regs.eflags &= ~EFLAGS_TF;
}

int
tracing_resume(struct proc *p, int request)
{
	if (request == T_STEP)
		p->misc_flags |= MF_STEP;
	else if (request == T_DETACH)
		p->misc_flags &= ~(uint32_t)(MF_STEP | MF_TRACED);
	else if (request != T_RESUME && request != T_SYSCALL)
		return -EINVAL;
	rts_clear(p, RTS_P_STOP);
	return OK;
}

void
tracing_entry(struct proc *p)
{
	(void)p;
}

void
tracing_stepped(struct proc *p)
{
	(void)p;
}

void
tracing_deferred(struct proc *p)
{
	(void)p;
}

void
tracing_leave(struct proc *p)
{
	(void)p;
}
