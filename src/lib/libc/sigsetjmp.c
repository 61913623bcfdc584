/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sigsetjmp and siglongjmp: jumps that carry the signal mask. The first half
 * of sigsetjmp is a macro in <setjmp.h>.
 */
#include <setjmp.h>
#include <signal.h>

int
__sigjmp_save(sigjmp_buf env, int savemask)
{
	env->saved = savemask && sigprocmask(SIG_BLOCK, NULL, &env->mask) == 0;
	return 0;
}

void
siglongjmp(sigjmp_buf env, int val)
{
	/* Without the old mask the jump is still what was asked for. */
	if (env->saved)
		(void)sigprocmask(SIG_SETMASK, &env->mask, NULL);
	longjmp(env->regs, val);
}
