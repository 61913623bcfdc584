/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getdtablesize: descriptors that the process may have.
 */
#include <unistd.h>

#include <sys/resource.h>

#include <abi/limits.h>

int
getdtablesize(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return OPEN_MAX;
	return (int)limit.rlim_cur;
}
