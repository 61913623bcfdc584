/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Gates: where the processor goes at a trap.
 * @source Intel Software Developer's Manual, volume 3
 */
#include <abi/ipc.h>

#include "kernel/arch/i386/internal.h"

_Static_assert(KCALL_VECTOR == 32 && IPC_VECTOR == 33, "vectors of entry.S");

struct gate {
	uint16_t offset_low, selector;
	uint16_t type, offset_high;
};

#define GATE_INTERRUPT 0x8e00 /* interrupts are off in the handler */
#define GATE_USER      0x6000

#define VECTOR_BREAKPOINT 3
#define VECTOR_OVERFLOW   4

static struct gate idt[IRQ_VECTOR + 16];

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
gates_init(void)
{
	struct table_register idtr = { sizeof(idt) - 1, (uint32_t)idt };

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

	__asm__ volatile("lidt %0" : : "m"(idtr) : "memory");
}
