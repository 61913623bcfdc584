/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A process has one group only, so the lists of further groups are empty.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <grp.h>
#include <unistd.h>

int
getgroups(int size, gid_t list[])
{
	(void)size, (void)list;
	return 0;
}

int
setgroups(int n, const gid_t *list)
{
	(void)list;
	return errno_return(n == 0 ? OK : -EINVAL);
}

int
initgroups(const char *name, gid_t group)
{
	(void)name, (void)group;
	return 0;
}
