/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The active process: whose memory and registers are loaded, and the way to
 * it.
 */
#pragma once

#include "kernel/proc.h"

/** What the processor holds; the files of this directory keep it. */
struct arch_state {
	struct proc *active;    /**< whose traps are saved in its slot */
	phys_bytes page_dir;    /**< what is in CR3 */
	struct proc *fpu_owner; /**< whose state is in the FPU */
	bool fpu_open;          /**< the FPU does not trap */
};

/** The one there is; memory.c. */
extern struct arch_state arch_state;

/** The processor's task state; only these two members are used. */
struct tss {
	uint32_t link;
	uint32_t esp0; /**< where the next trap saves registers */
	uint32_t ss0;
	uint32_t unused[22];
	uint16_t trace, io_map;
};

/** The one there is; segments.c. */
extern struct tss tss;

/**
 * Let the FPU be used, or have that trap.
 *
 * @param[in] open  let it be used
 * @source own design
 */
void fpu_gate(bool open);

/**
 * Make p the process whose memory and registers are loaded. The caller then may
 * use user addresses of p.
 *
 * @param[in] p  process
 * @source own design
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

/**
 * Continue a process in user mode. Its registers lie as popal and iret, with
 * vector and error code between, want them.
 *
 * @param[in] p  the active process
 * @source own design
 */
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
