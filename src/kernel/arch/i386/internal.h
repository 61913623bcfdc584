/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the files of this directory have among themselves.
 */
#pragma once

#include "kernel/arch/i386/active.h"
#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/devices.h"

/** Where a kernel-mode trap saved the registers: no stack switch. */
struct kernel_frame {
	uint32_t edi, esi, ebp, kesp, ebx, edx, ecx, eax;
	uint32_t vector, error;
	uint32_t eip, cs, eflags;
};

extern const uintptr_t trap_vectors[]; /**< entries; traps.S */
void ipc_entry(void);                  /**< gate of IPC; entry.S */
void kcall_entry(void);                /**< gate of kernel calls */

/** What lgdt and lidt load. */
struct table_register {
	uint16_t limit;
	uint32_t base;
} __attribute__((packed));

/** Forget the lower half of the kernel's own page directory, and take it. */
void memory_init(void);

/** Load segments and task register. */
void segments_init(void);

/** Load gates. */
void gates_init(void);

/** Program the interrupt controller, everything masked. */
void pic_init(void);

/** Tell the controller that a line's interrupt has been taken. */
void pic_acknowledge(int line);

/** The page directory start.S fills, for the kernel alone; memory.c. */
extern uint32_t kernel_page_dir[];

/** p used the FPU while it was not its own. */
void fpu_trap(struct proc *p);

/** A trap of a process. */
REGPARM void trap_from_user(struct proc *p);

/** A trap in the kernel. */
void trap_from_kernel(struct kernel_frame *f);

static inline uint32_t
read_cr2(void)
{
	uint32_t v;

	__asm__ volatile("movl %%cr2, %0" : "=r"(v));
	return v;
}

static inline uint32_t
read_cr0(void)
{
	uint32_t v;

	__asm__ volatile("movl %%cr0, %0" : "=r"(v));
	return v;
}

static inline void
write_cr0(uint32_t v)
{
	__asm__ volatile("movl %0, %%cr0" : : "r"(v) : "memory");
}

static inline void
write_cr3(phys_bytes v)
{
	__asm__ volatile("movl %0, %%cr3" : : "r"(v) : "memory");
}
