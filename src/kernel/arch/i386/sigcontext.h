/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Registers of a process into a signal context and back.
 */
#pragma once

#include <abi/signal.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"

#define MXCSR_OFFSET  24      /* in the memory of fxsave */
#define MXCSR_DEFINED 0xffbfu /* other bits make fxrstor fault */

/** Save the state of p. */
static inline void
sigcontext_save(struct proc *p, ksigset_t mask, struct sig_context *ctx)
{
	ctx->regs = p->regs;
	ctx->mask = mask;
	/* A call in progress returns when the handler has run; the kernel
	 * will then no longer write its result. */
	if ((p->rts_flags & RTS_RECEIVING) != 0 ||
	    (p->misc_flags & MF_DELIVERMSG) != 0)
		ctx->regs.eax = 0;
	fpu_save(p);
	ctx->fpu_valid = (p->misc_flags & MF_FPU_VALID) != 0;
	memcpy(ctx->fpu, p->fpu, sizeof ctx->fpu);
}

/** Make p enter a handler when it runs next. */
static inline void
sigcontext_enter(struct proc *p, vir_bytes handler, vir_bytes sp)
{
	p->regs.eip = handler;
	p->regs.esp = sp;
	p->regs.ebp = 0; /* here a stack trace of the handler ends */
	p->regs.eflags &= ~(EFLAGS_TF | 0x400u); /* direction: upwards */
}

/** Restore what a process may set of its own state; ctx may hold anything. */
static inline void
sigcontext_restore(struct proc *p, const struct sig_context *ctx)
{
	struct reg_frame old = p->regs;
	uint32_t mxcsr;

	p->regs = ctx->regs;
	p->regs.gs = old.gs;
	p->regs.fs = old.fs;
	p->regs.es = old.es;
	p->regs.ds = old.ds;
	p->regs.cs = old.cs;
	p->regs.ss = old.ss;
	p->regs.kesp = old.kesp;
	p->regs.vector = old.vector;
	p->regs.error = old.error;
	p->regs.eflags =
	    (old.eflags & ~EFLAGS_USER) | (ctx->regs.eflags & EFLAGS_USER);
	if (ctx->fpu_valid == 0)
		return;
	memcpy(p->fpu, ctx->fpu, sizeof p->fpu);
	memcpy(&mxcsr, p->fpu + MXCSR_OFFSET, sizeof mxcsr);
	mxcsr &= MXCSR_DEFINED;
	memcpy(p->fpu + MXCSR_OFFSET, &mxcsr, sizeof mxcsr);
	fpu_restored(p);
}
