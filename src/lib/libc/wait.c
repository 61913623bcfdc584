/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * wait: the usual form of waitpid.
 */
#include <sys/wait.h>

pid_t
wait(int *status)
{
	return waitpid(-1, status, 0);
}
