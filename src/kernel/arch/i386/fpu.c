/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The FPU changes hands only when another process uses it: until then its
 * state stays in the processor, and a use by anybody but the owner traps.
 * @source Intel Software Developer's Manual, volume 3, "Device Not Available"
 */
#include "kernel/arch/i386/internal.h"

#define CR0_TS 8u

static struct proc *fpu_owner; /* whose state the processor holds */
static bool fpu_open;          /* CR0_TS is clear */

static void
fpu_gate(bool open)
{
	uint32_t cr0 = read_cr0();

	fpu_open = open;
	write_cr0(open ? cr0 & ~CR0_TS : cr0 | CR0_TS);
}

void
fpu_switch(const struct proc *p)
{
	bool mine = p == fpu_owner;

	if (mine != fpu_open)
		fpu_gate(mine);
}

/* Write the owner's state to memory; the gate is open afterwards. */
static void
state_store(void)
{
	fpu_gate(true);
	__asm__ volatile("fxsave %0" : "=m"(fpu_owner->fpu));
	fpu_owner->misc_flags |= MF_FPU_VALID;
}

void
fpu_save(struct proc *p)
{
	bool open = fpu_open;

	if (p != fpu_owner)
		return;
	state_store();
	if (!open)
		fpu_gate(false);
}

void
fpu_restored(struct proc *p)
{
	p->misc_flags |= MF_FPU_VALID;
	if (p == fpu_owner) {
		fpu_owner = NULL;
		fpu_gate(false);
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

	if (fpu_owner != NULL)
		state_store();
	fpu_gate(true);
	fpu_owner = p;
	if ((p->misc_flags & MF_FPU_VALID) != 0) {
		__asm__ volatile("fxrstor %0" : : "m"(p->fpu));
		return;
	}
	__asm__ volatile("fninit\n\tldmxcsr %0" : : "m"(mxcsr));
}
