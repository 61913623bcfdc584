/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the rest of the kernel asks of the processor.
 */
#pragma once

#include <abi/vmlayout.h>

#include "kernel/arch/i386/layout.h"
#include "kernel/proc.h"

#define EFLAGS_IF   0x200u
#define EFLAGS_TF   0x100u
#define EFLAGS_USER 0xcd5u /* what debuggers and sigreturn may change */

/** Kernel address of physical memory. */
static inline void *
phys_ptr(phys_bytes addr)
{
	return (void *)(addr + KERNEL_BASE);
}

/** Registers for a process to start with: pc, sp, the rest zero. */
void arch_proc_start(struct proc *p, vir_bytes pc, vir_bytes sp);

/** Write the live FPU state of p, if it is in the processor, to p->fpu. */
void fpu_save(struct proc *p);

/** Have p->fpu loaded when p uses the FPU next. */
void fpu_restored(struct proc *p);

/** Forget p's FPU state: it starts anew (exec, exit). */
void fpu_drop(struct proc *p);

/** Fill the kernel's part of a page directory. */
void arch_kernel_pdes(phys_bytes page_dir);

/** Give a process another page directory; loads it if it is the active one. */
void arch_set_page_dir(struct proc *p, phys_bytes page_dir);

/** Forget the processor's cached translations of the active space. */
void arch_flush_tlb(void);

/** Page table entry of an address; 0: none. 4 MiB pages look like small. */
uint32_t arch_page_entry(phys_bytes page_dir, vir_bytes addr);

/** Build the processor's tables and switch the interrupt controller on. */
void arch_init(void);

/** Let an interrupt line through, or not. */
void pic_set(int line, bool enable);

/** Start the periodic interrupt of line 0. */
void pit_start(uint32_t hz);

/** Read the date: seconds since 1970. */
int64_t rtc_read(void);

/** What the processor holds; the files of this directory keep it. */
struct arch_state {
	struct proc *active;    /**< whose traps are saved in its slot */
	phys_bytes page_dir;    /**< what is in CR3 */
	struct proc *fpu_owner; /**< whose state is in the FPU */
	bool fpu_open;          /**< the FPU does not trap */
};

extern struct arch_state arch_state; /* memory.c */

/** The processor's task state; only these two members are used. */
struct tss {
	uint32_t link;
	uint32_t esp0; /**< where the next trap saves registers */
	uint32_t ss0;
	uint32_t unused[22];
	uint16_t trace, io_map;
};

extern struct tss tss; /* segments.c */

/** Let the FPU be used, or have that trap. */
void fpu_gate(bool open);

/**
 * Make p the process whose memory and registers are loaded, if it is not.
 * The caller then may use user addresses of p.
 */
INLINE void
arch_activate(struct proc *p)
{
	struct arch_state *s = &arch_state;

	s->active = p;
	tss.esp0 = (uint32_t)(&p->regs + 1);
	if (s->fpu_owner != NULL && (s->fpu_owner == p) != s->fpu_open)
		fpu_gate(!s->fpu_open);
	if (p->page_dir != s->page_dir) {
		s->page_dir = p->page_dir;
		__asm__ volatile("movl %0, %%cr3"
				 :
				 : "r"(p->page_dir)
				 : "memory");
	}
}

/** Continue p, which is active, in user mode: its registers lie where popal
 * and iret, with the vector and error code between, want them. */
static inline _Noreturn void
switch_finish(struct proc *p)
{
	__asm__ volatile("movl %0, %%esp\n\t"
			 "popal\n\t"
			 "addl $8, %%esp\n\t"
			 "iret"
			 :
			 : "r"(&p->regs.edi)
			 : "memory");
	__builtin_unreachable();
}

/** Wait for an interrupt and handle it. */
void arch_idle(void);

/** Stop the processor; interrupts stay off. */
static inline void
arch_halt(void)
{
	__asm__ volatile("cli\n\thlt");
}
