/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The scheduler of this system has no real-time classes; posix_spawn
 * asks for them only when the program does.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sched.h>
#include <sys/types.h>

int
sched_setparam(pid_t pid, const struct sched_param *param)
{
	(void)pid, (void)param;
	return errno_return(-ENOSYS);
}

int
sched_setscheduler(pid_t pid, int policy, const struct sched_param *param)
{
	(void)pid, (void)policy, (void)param;
	return errno_return(-ENOSYS);
}
