/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Flat segments, and one task state segment
 * whose only use is to say where a trap saves the registers.
 * @source Intel Software Developer's Manual, volume 3
 */
#include <abi/ipc.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/internal.h"

_Static_assert(offsetof(struct proc, regs) == 0, "registers come first");
_Static_assert(offsetof(struct reg_frame, edi) == PROC_EDI, "PROC_EDI");
_Static_assert(sizeof(struct tss) == 104, "task state segment");

#define SEGMENT_FLAT(access) (0x00cf00000000ffffull | (uint64_t)(access) << 40)
#define SEGMENT_CODE         0x9a
#define SEGMENT_DATA         0x92
#define SEGMENT_TSS          0x89
#define SEGMENT_USER         0x60 /* privilege level 3 */

static uint64_t gdt[] = {
	0, SEGMENT_FLAT(SEGMENT_CODE), SEGMENT_FLAT(SEGMENT_DATA),
	SEGMENT_FLAT(SEGMENT_CODE | SEGMENT_USER),
	SEGMENT_FLAT(SEGMENT_DATA | SEGMENT_USER), 0, /* TSS_SELECTOR */
};
struct tss tss = {
	.ss0 = KERNEL_DS,
	.io_map = sizeof(struct tss), /* beyond the end: no ports for users */
};

void
segments_init(void)
{
	uint64_t base = (uintptr_t)&tss;
	struct table_register gdtr = { sizeof(gdt) - 1, (uint32_t)gdt };

	gdt[TSS_SELECTOR / 8] = (sizeof(tss) - 1) | (base & 0xffffff) << 16 |
	    (uint64_t)SEGMENT_TSS << 40 | base >> 24 << 56;

	__asm__ volatile("lgdt %0\n\t"
			 "ljmp %1, $1f\n1:\n\t"
			 "movl %2, %%ss\n\t"
			 "movl %3, %%ds\n\t"
			 "movl %3, %%es\n\t"
			 "movl %3, %%fs\n\t"
			 "movl %3, %%gs\n\t"
			 "ltr %w4"
			 :
			 : "m"(gdtr), "i"(KERNEL_CS), "r"(KERNEL_DS),
			 "r"(USER_DS), "r"(TSS_SELECTOR)
			 : "memory");
}

void
arch_proc_start(struct proc *p, vir_bytes pc, vir_bytes sp)
{
	p->regs = (struct reg_frame){
		.gs = USER_DS,
		.fs = USER_DS,
		.es = USER_DS,
		.ds = USER_DS,
		.eip = pc,
		.cs = USER_CS,
		.eflags = EFLAGS_IF,
		.esp = sp,
		.ss = USER_DS,
	};
}
