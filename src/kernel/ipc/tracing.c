/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Tracing of calls, a machine of three flags. A call is one IPC trap.
 *
 * - TRACE: the debugger wants the next event;
 * - DEFER: stopped on entry, the call is noted and not yet made;
 * - ACTIVE: the entry of the call the process is in has been seen.
 *
 *     T_SYSCALL         trap: SIGTRAP          T_SYSCALL
 *     ---------> TRACE ---------------> DEFER -----------> DEFER TRACE
 *                                       ACTIVE             ACTIVE
 *                                         | T_RESUME         |
 *                                         | the call         | the call
 *                          end: nothing   v                  v
 *                  none <------------- ACTIVE ---------> ACTIVE TRACE
 *                    ^                       T_SYSCALL       |
 *                    |                                       |
 *                    +---------------------------------------+
 *                                  end: SIGTRAP
 *
 * So entries and ends alternate, an end is never told whose entry was not,
 * and the first event of a debugger is an entry: T_DETACH takes ACTIVE away,
 * also at an entry stop, whose call is then made unseen.
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
	p->misc_flags &= ~(uint32_t)(MF_STEP | MF_SC_TRACE);
	p->regs.eflags &= ~EFLAGS_TF;
}

int
tracing_resume(struct proc *p, int request)
{
	const uint32_t events = MF_SC_ACTIVE | MF_SC_TRACE | MF_STEP;

	switch (request) {
	case T_RESUME:
		break;
	case T_STEP:
		p->misc_flags |= MF_STEP;
		break;
	case T_SYSCALL:
		p->misc_flags |= MF_SC_TRACE;
		break;
	case T_DETACH:
		p->misc_flags &= ~(events | MF_TRACED);
		break;
	default:
		return -EINVAL;
	}
	rts_clear(p, RTS_P_STOP);
	return OK;
}

/* The arguments are noted: a debugger may change the registers. */
void
tracing_entry(struct proc *p)
{
	p->defer[0] = p->regs.ecx;
	p->defer[1] = p->regs.eax;
	p->defer[2] = p->regs.ebx;
	p->misc_flags &= ~(uint32_t)MF_SC_TRACE;
	p->misc_flags |= MF_SC_DEFER | MF_SC_ACTIVE;
	cause_sig(p, SIGTRAP);
}

void
tracing_stepped(struct proc *p)
{
	if ((p->misc_flags & MF_STEP) == 0)
		return;
	p->misc_flags &= ~(uint32_t)MF_STEP;
	p->misc_flags |= MF_SC_ACTIVE | MF_SC_TRACE;
}

void
tracing_deferred(struct proc *p)
{
	int r;

	p->misc_flags &= ~(uint32_t)MF_SC_DEFER;
	r = ipc_call(p, p->defer[0], p->defer[1], p->defer[2]);
	if (r == -EVMSUSPEND) { /* once more, when its memory is there */
		p->misc_flags |= MF_SC_DEFER;
		return;
	}
	p->regs.eax = (uint32_t)r;
	if (!rts_isset(p, RTS_SENDING))
		sig_delay_done(p);
}

void
tracing_leave(struct proc *p)
{
	bool tell = (p->misc_flags & MF_SC_TRACE) != 0;

	p->misc_flags &= ~(uint32_t)(MF_SC_ACTIVE | MF_SC_TRACE);
	if (tell)
		cause_sig(p, SIGTRAP);
}
