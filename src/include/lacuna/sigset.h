/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Sets of signals in services. The functions are those of POSIX, but a set
 * also holds the system signals, which no program ever sees: so a service can
 * keep whatever the kernel and its manager tell it. Numbers are 1 to
 * KSIG_LAST.
 */
#pragma once

#include <abi/errno.h>
#include <abi/signal.h>
#include <stdbool.h>

typedef ksigset_t sigset_t; /**< bit n - 1 for signal n */

/** Is it the number of a signal, one of the system's included? */
static inline bool
sig_is_valid(int sig)
{
	return sig >= 1 && sig <= KSIG_LAST;
}

/** Make a set empty. @return OK */
static inline int
sigemptyset(sigset_t *set)
{
	*set = 0;
	return OK;
}

/** Put every signal into a set. @return OK */
static inline int
sigfillset(sigset_t *set)
{
	*set = KSIG_ALL;
	return OK;
}

/** Add a signal. @return OK, or -EINVAL: no such signal */
static inline int
sigaddset(sigset_t *set, int sig)
{
	if (!sig_is_valid(sig))
		return -EINVAL;
	*set |= KSIG_BIT(sig);
	return OK;
}

/** Take a signal out. @return OK, or -EINVAL: no such signal */
static inline int
sigdelset(sigset_t *set, int sig)
{
	if (!sig_is_valid(sig))
		return -EINVAL;
	*set &= ~KSIG_BIT(sig);
	return OK;
}

/** Is a signal in a set? @return 1, 0, or -EINVAL: no such signal */
static inline int
sigismember(const sigset_t *set, int sig)
{
	if (!sig_is_valid(sig))
		return -EINVAL;
	return (*set & KSIG_BIT(sig)) != 0;
}

/** Take the lowest signal out. @return its number, or 0: the set is empty */
static inline int
sigset_take(sigset_t *set)
{
	int sig = *set != 0 ? __builtin_ctz(*set) + 1 : 0;

	*set &= *set - 1;
	return sig;
}
