/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * pselect: select under another signal mask. A signal that comes between the
 * two calls is missed, as everywhere without a system call of its own.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/time.h>

int
pselect(int n, fd_set *rd, fd_set *wr, fd_set *ex,
    const struct timespec *timeout, const sigset_t *mask)
{
	struct timeval tv;
	sigset_t old;
	int r, e;

	if (timeout != NULL) {
		tv.tv_sec = timeout->tv_sec;
		tv.tv_usec = (suseconds_t)(timeout->tv_nsec + 999) / 1000;
	}
	if (mask != NULL && sigprocmask(SIG_SETMASK, mask, &old) != 0)
		return -1;
	r = select(n, rd, wr, ex, timeout != NULL ? &tv : NULL);
	e = errno;
	if (mask != NULL && sigprocmask(SIG_SETMASK, &old, NULL) != 0)
		return -1;
	errno = e;
	return r;
}
