/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * nice: the older form of setpriority, relative and for the caller.
 */
#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

int
nice(int increment)
{
	int before = errno, value;

	errno = 0;
	value = getpriority(PRIO_PROCESS, 0);
	if (value == -1 && errno != 0)
		return -1;
	errno = before;
	value += increment;
	if (value < PRIO_MIN)
		value = PRIO_MIN;
	if (value > PRIO_MAX)
		value = PRIO_MAX;
	return setpriority(PRIO_PROCESS, 0, value) == 0 ? value : -1;
}
