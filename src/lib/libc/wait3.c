/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * wait3: waitpid for any child, with what the children have used so far.
 */
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

pid_t
wait3(int *status, int options, struct rusage *usage)
{
	pid_t pid = waitpid(-1, status, options);

	if (pid > 0 && usage != NULL && getrusage(RUSAGE_CHILDREN, usage) != 0)
		memset(usage, 0, sizeof *usage);
	return pid;
}
