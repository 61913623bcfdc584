/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * waitpid: wait4 without a question about times.
 */
#include <sys/wait.h>

pid_t
waitpid(pid_t pid, int *status, int options)
{
	return wait4(pid, status, options, NULL);
}
