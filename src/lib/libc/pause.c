/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * pause: sigsuspend under the present mask.
 */
#include <signal.h>
#include <unistd.h>

int
pause(void)
{
	sigset_t mask;

	if (sigprocmask(SIG_BLOCK, NULL, &mask) != 0)
		return -1;
	return sigsuspend(&mask);
}
