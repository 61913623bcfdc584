/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Limits are properties of the system, not of a process: they can be asked
 * for, and "set" only to what they are.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/resource.h>

#include <abi/limits.h>
#include <abi/vmlayout.h>

int
getrlimit(int resource, struct rlimit *limit)
{
	rlim_t max = RLIM_INFINITY;

	if (resource < 0 || resource >= RLIM_NLIMITS)
		return errno_return(-EINVAL);
	if (resource == RLIMIT_STACK)
		max = USER_STACK_MAX;
	if (resource == RLIMIT_NOFILE)
		max = OPEN_MAX;
	if (resource == RLIMIT_CORE)
		max = 0;
	limit->rlim_cur = max;
	limit->rlim_max = max;
	return 0;
}

int
setrlimit(int resource, const struct rlimit *limit)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0)
		return -1;
	return errno_return(limit->rlim_cur == now.rlim_cur ? OK : -EPERM);
}
