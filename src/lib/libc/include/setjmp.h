/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Non-local jumps. setjmp and longjmp are newlib's and leave the signal mask
 * alone; sigsetjmp keeps it beside the registers when asked to.
 */
#ifndef LACUNA_SETJMP_H
#define LACUNA_SETJMP_H

#include_next <setjmp.h>

#include <sys/signal.h>

/* The registers come first, so that setjmp() can work on the same object. */
typedef struct {
	jmp_buf regs;
	int saved; /* is mask valid? */
	sigset_t mask;
} sigjmp_buf[1];

_BEGIN_STD_C

int __sigjmp_save(sigjmp_buf __env, int __savemask);
void siglongjmp(sigjmp_buf __env, int __val) __attribute__((__noreturn__));

_END_STD_C

/* A macro, because the frame that setjmp() records must be the caller's. */
#define sigsetjmp(env, savemask)                                               \
	(__sigjmp_save((env), (savemask)), setjmp((env)[0].regs))
#define _setjmp(env)       setjmp(env)
#define _longjmp(env, val) longjmp((env), (val))

#endif
