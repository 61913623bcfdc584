/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the rest of the kernel asks of the processor.
 */
#pragma once

#include <abi/vmlayout.h>

#include "kernel/arch/i386/layout.h"
#include "kernel/proc.h"

#define EFLAGS_IF   0x200u /**< interrupts are on */
#define EFLAGS_TF   0x100u /**< single step */
#define EFLAGS_USER 0xcd5u /**< what debuggers and sigreturn may change */

/** Kernel address of physical memory. */
static inline void *
phys_ptr(phys_bytes addr)
{
	return (void *)(uintptr_t)(addr + KERNEL_BASE);
}

/**
 * Set registers for a process to start with; all but these are zero.
 *
 * @param[in,out] p   process
 * @param[in]     pc  first instruction
 * @param[in]     sp  stack pointer
 * @source own design
 */
void arch_proc_start(struct proc *p, vir_bytes pc, vir_bytes sp);

/**
 * Write the FPU state of a process, if it is in the processor, to p->fpu.
 *
 * @param[in,out] p  process
 * @source own design
 */
void fpu_save(struct proc *p);

/**
 * Have p->fpu loaded when the process uses the FPU next.
 *
 * @param[in,out] p  process
 * @source own design
 */
void fpu_restored(struct proc *p);

/**
 * Forget a process's FPU state: it starts anew (exec, exit).
 *
 * @param[in,out] p  process
 * @source own design
 */
void fpu_drop(struct proc *p);

/**
 * Fill the kernel's part of a page directory.
 *
 * @param[in] page_dir  physical address
 * @source own design
 */
void arch_kernel_pdes(phys_bytes page_dir);

/**
 * Give a process another page directory; loads it if it is the active one.
 *
 * @param[in,out] p         process
 * @param[in]     page_dir  physical address
 * @source own design
 */
void arch_set_page_dir(struct proc *p, phys_bytes page_dir);

/**
 * Forget the processor's cached translations of the active space.
 * @source own design
 */
void arch_flush_tlb(void);

/**
 * Page table entry of an address. A part of a 4 MiB page looks like a page.
 *
 * @param[in] page_dir  physical address of the directory
 * @param[in] addr      address
 * @return entry, with the access that directory and table allow; 0: not present
 * @source Intel Software Developer's Manual, volume 3, "32-Bit Paging"
 */
REGPARM uint32_t arch_page_entry(phys_bytes page_dir, vir_bytes addr);

/**
 * Keep a page where it is: mark its entry PTE_PINNED. Nothing happens where no
 * page is present, or where it is part of a 4 MiB page.
 *
 * @param[in] page_dir  physical address of the directory
 * @param[in] addr      address
 * @source own design
 */
void arch_page_pin(phys_bytes page_dir, vir_bytes addr);

/**
 * Build the processor's tables and switch the interrupt controller on.
 * @source own design
 */
void arch_init(void);
