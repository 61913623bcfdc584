/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Exceptions and interrupts. What a process does wrong becomes a signal, a
 * page fault becomes a message to VM, and anything the kernel does wrong,
 * except a fault on user memory at a place that expects it, is a panic.
 */
#include <abi/kcall_vm.h>

#include "kernel/arch/i386/internal.h"
#include "kernel/arch/i386/user.h"
#include "kernel/clock.h"
#include "kernel/counters.h"
#include "kernel/irq.h"
#include "kernel/panic.h"
#include "kernel/sched.h"
#include "kernel/signal.h"
#include "kernel/switch.h"
#include "kernel/vmreq.h"

#define VECTOR_DEBUG      1
#define VECTOR_NO_FPU     7
#define VECTOR_PAGE_FAULT 14

/* Where a faulting access to user memory continues. */
struct fixup {
	uint32_t insn;
	uint32_t target;
};

extern const struct fixup fixup_table[]; /* kernel.ld; ends with 0 */

/* Signals of the exceptions, and which kind of that they are; 0: handled
 * otherwise or never a user's. */
static const struct {
	uint8_t sig, code;
} exceptions[NR_EXCEPTIONS] = {
	[0] = { SIGFPE, FPE_INTDIV },
	[1] = { SIGTRAP, TRAP_TRACE },
	[3] = { SIGTRAP, TRAP_BRKPT },
	[4] = { SIGFPE, FPE_INTOVF },
	[5] = { SIGFPE, FPE_FLTSUB },
	[6] = { SIGILL, ILL_ILLOPC },
	[9] = { SIGFPE, FPE_FLTINV },
	[10] = { SIGSEGV, SI_KERNEL },
	[11] = { SIGBUS, BUS_ADRALN },
	[12] = { SIGBUS, BUS_ADRALN },
	[13] = { SIGSEGV, SI_KERNEL },
	[16] = { SIGFPE, FPE_FLTINV },
	[17] = { SIGBUS, BUS_ADRALN },
	[19] = { SIGFPE, FPE_FLTINV },
};

static void
interrupt(int line, bool user)
{
	counters.interrupts++;
	pic_acknowledge(line);
	if (line == CLOCK_IRQ) {
		switch_account(proc_current); /* before the stamp overflows */
		clock_tick(user);
	} else {
		irq_handle(line);
	}
}

static void
exception(struct proc *p, uint32_t vector)
{
	if (vector == VECTOR_NO_FPU) {
		fpu_trap(p);
		return;
	}
	if (vector == VECTOR_PAGE_FAULT) {
		vmreq_page_fault(p, read_cr2(), p->regs.error);
		return;
	}
	if (vector >= NR_EXCEPTIONS || exceptions[vector].sig == 0)
		panic("trap %u of %s at 0x%x", vector, p->name, p->regs.eip);
	if (vector == VECTOR_DEBUG)
		p->misc_flags &= ~(uint32_t)MF_STEP;
	sig_fault(p, exceptions[vector].sig, exceptions[vector].code,
	    p->regs.eip);
	cause_sig(p, exceptions[vector].sig);
}

REGPARM void
trap_from_user(struct proc *p)
{
	uint32_t vector = p->regs.vector;

	p->regs.eflags &= ~EFLAGS_TF;
	if (vector >= IRQ_VECTOR)
		interrupt((int)(vector - IRQ_VECTOR), true);
	else
		exception(p, vector);
}

/* Continue at the fixup of a faulting instruction. */
static bool
fixup_apply(struct kernel_frame *f)
{
	const struct fixup *x;

	for (x = fixup_table; x->insn != 0; x++) {
		if (x->insn == f->eip) {
			user_fault.addr = read_cr2();
			user_fault.error = f->error | PF_USER;
			f->eip = x->target;
			return true;
		}
	}
	return false;
}

void
trap_from_kernel(struct kernel_frame *f)
{
	if (f->vector >= IRQ_VECTOR) {
		interrupt((int)(f->vector - IRQ_VECTOR), false);
		return;
	}
	if (f->vector == VECTOR_PAGE_FAULT && fixup_apply(f))
		return;
	panic_at(f->eip, f->ebp);
	panic("kernel trap %u error 0x%x at 0x%x address 0x%x", f->vector,
	    f->error, f->eip, read_cr2());
}
