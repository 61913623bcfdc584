/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The signal masks of 4.2BSD, where the set is an int.
 */
#include <signal.h>

int
sigblock(int mask)
{
	sigset_t set = (sigset_t)mask, old;

	return sigprocmask(SIG_BLOCK, &set, &old) == 0 ? (int)old : -1;
}

int
sigsetmask(int mask)
{
	sigset_t set = (sigset_t)mask, old;

	return sigprocmask(SIG_SETMASK, &set, &old) == 0 ? (int)old : -1;
}

int
sigpause(int mask)
{
	sigset_t set = (sigset_t)mask;

	return sigsuspend(&set);
}
