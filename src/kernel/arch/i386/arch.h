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

/**
 * Make p the process whose memory and registers are loaded, if it is not.
 * The caller then may use user addresses of p.
 */
void arch_activate(struct proc *p);

/** Continue p, which is active, in user mode. */
_Noreturn void switch_finish(struct proc *p);

/** Wait for an interrupt and handle it. */
void arch_idle(void);

/** Stop the processor; interrupts stay off. */
static inline void
arch_halt(void)
{
	__asm__ volatile("cli\n\thlt");
}
