/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The FPU changes hands only when another process uses it: until then its
 * state stays in the processor, and a use by anybody but the owner traps.
 * @source Intel Software Developer's Manual, volume 3, "Device Not Available"
 */
#include "kernel/arch/i386/internal.h"

#define CR0_TS 8u

void
fpu_gate(bool open)
{
	uint32_t cr0 = read_cr0();

	arch_state.fpu_open = open;
	write_cr0(open ? cr0 & ~CR0_TS : cr0 | CR0_TS);
}

/* Write the owner's state to memory; the gate is open afterwards. */
static void
state_store(void)
{
	fpu_gate(true);
	__asm__ volatile("fxsave %0" : "=m"(arch_state.fpu_owner->fpu));
	arch_state.fpu_owner->misc_flags |= MF_FPU_VALID;
}

void
fpu_save(struct proc *p)
{
	bool open = arch_state.fpu_open;

	if (p != arch_state.fpu_owner)
		return;
	state_store();
	if (!open)
		fpu_gate(false);
}

void
fpu_restored(struct proc *p)
{
	p->misc_flags |= MF_FPU_VALID;
	if (p == arch_state.fpu_owner) {
		arch_state.fpu_owner = NULL;
		fpu_gate(false); /* stays so until there is an owner */
	}
}

void
fpu_drop(struct proc *p)
{
	fpu_restored(p);
	p->misc_flags &= ~(uint32_t)MF_FPU_VALID;
}

void
fpu_trap(struct proc *p)
{
	uint32_t mxcsr = 0x1f80; /* all exceptions masked */

	if (arch_state.fpu_owner != NULL)
		state_store();
	fpu_gate(true);
	arch_state.fpu_owner = p;
	if ((p->misc_flags & MF_FPU_VALID) != 0) {
		__asm__ volatile("fxrstor %0" : : "m"(p->fpu));
		return;
	}
	__asm__ volatile("fninit\n\tldmxcsr %0" : : "m"(mxcsr));
}
