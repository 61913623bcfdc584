/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The processor's tables: flat segments, gates, and one task state segment
 * whose only use is to say where a trap saves the registers.
 * @source Intel Software Developer's Manual, volume 3
 */
#include <abi/ipc.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/internal.h"

_Static_assert(offsetof(struct proc, regs) == 0, "registers come first");
_Static_assert(offsetof(struct reg_frame, edi) == PROC_EDI, "PROC_EDI");
_Static_assert(KCALL_VECTOR == 32 && IPC_VECTOR == 33, "vectors of traps.S");

_Static_assert(sizeof(struct tss) == 104, "task state segment");

struct gate {
	uint16_t offset_low, selector;
	uint16_t type, offset_high;
};

struct table_register {
	uint16_t limit;
	uint32_t base;
} __attribute__((packed));

#define SEGMENT_FLAT(access) (0x00cf00000000ffffull | (uint64_t)(access) << 40)
#define SEGMENT_CODE         0x9a
#define SEGMENT_DATA         0x92
#define SEGMENT_TSS          0x89
#define SEGMENT_USER         0x60 /* privilege level 3 */

#define GATE_INTERRUPT 0x8e00 /* interrupts are off in the handler */
#define GATE_USER      0x6000

#define VECTOR_BREAKPOINT 3
#define VECTOR_OVERFLOW   4

static uint64_t gdt[] = {
	0, SEGMENT_FLAT(SEGMENT_CODE), SEGMENT_FLAT(SEGMENT_DATA),
	SEGMENT_FLAT(SEGMENT_CODE | SEGMENT_USER),
	SEGMENT_FLAT(SEGMENT_DATA | SEGMENT_USER), 0, /* TSS_SELECTOR */
};
static struct gate idt[IRQ_VECTOR + 16];
struct tss tss = {
	.ss0 = KERNEL_DS,
	.io_map = sizeof(struct tss), /* beyond the end: no ports for users */
};

static void
gate_set(int vector, uintptr_t entry, int type)
{
	idt[vector] = (struct gate){
		.offset_low = (uint16_t)entry,
		.selector = KERNEL_CS,
		.type = (uint16_t)type,
		.offset_high = (uint16_t)(entry >> 16),
	};
}

void
segments_init(void)
{
	uint64_t base = (uintptr_t)&tss;
	struct table_register gdtr = { sizeof(gdt) - 1, (uint32_t)gdt };
	struct table_register idtr = { sizeof(idt) - 1, (uint32_t)idt };

	gdt[TSS_SELECTOR / 8] = (sizeof(tss) - 1) | (base & 0xffffff) << 16 |
	    (uint64_t)SEGMENT_TSS << 40 | base >> 24 << 56;

	for (int i = 0; i < NR_EXCEPTIONS; i++)
		gate_set(i, trap_vectors[i], GATE_INTERRUPT);
	for (int i = 0; i < 16; i++)
		gate_set(IRQ_VECTOR + i, trap_vectors[NR_EXCEPTIONS + i],
		    GATE_INTERRUPT);
	gate_set(VECTOR_BREAKPOINT, trap_vectors[VECTOR_BREAKPOINT],
	    GATE_INTERRUPT | GATE_USER);
	gate_set(VECTOR_OVERFLOW, trap_vectors[VECTOR_OVERFLOW],
	    GATE_INTERRUPT | GATE_USER);
	gate_set(KCALL_VECTOR, (uintptr_t)kcall_entry,
	    GATE_INTERRUPT | GATE_USER);
	gate_set(IPC_VECTOR, (uintptr_t)ipc_entry, GATE_INTERRUPT | GATE_USER);

	__asm__ volatile("lgdt %0\n\t"
			 "ljmp %2, $1f\n1:\n\t"
			 "movl %3, %%ss\n\t"
			 "movl %4, %%ds\n\t"
			 "movl %4, %%es\n\t"
			 "movl %4, %%fs\n\t"
			 "movl %4, %%gs\n\t"
			 "lidt %1\n\t"
			 "ltr %w5"
			 :
			 : "m"(gdtr), "m"(idtr), "i"(KERNEL_CS), "r"(KERNEL_DS),
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
