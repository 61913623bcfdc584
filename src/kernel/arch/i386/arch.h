/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the rest of the kernel asks of the processor.
 */
#pragma once

#include <abi/vmlayout.h>

#include "kernel/proc.h"

/* Selectors. The kernel works with the user's data segment, which is flat. */
#define KERNEL_CS    0x08
#define KERNEL_DS    0x10
#define USER_CS      0x1b
#define USER_DS      0x23
#define TSS_SELECTOR 0x28

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
