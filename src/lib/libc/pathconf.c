/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * pathconf: the limits are the same for every file.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include <abi/limits.h>

#define LINKS_MAX 32000 /* of a file on ext2 */

long
pathconf(const char *path, int name)
{
	(void)path;
	switch (name) {
	case _PC_LINK_MAX:
		return LINKS_MAX;
	case _PC_MAX_CANON:
	case _PC_MAX_INPUT:
		return MAX_CANON;
	case _PC_PATH_MAX:
		return PATH_MAX;
	case _PC_NAME_MAX:
		return NAME_MAX;
	case _PC_PIPE_BUF:
		return PIPE_BUF;
	case _PC_CHOWN_RESTRICTED:
	case _PC_NO_TRUNC:
		return 1;
	case _PC_VDISABLE:
		return 0;
	default:
		return errno_return(-EINVAL);
	}
}

long
fpathconf(int fd, int name)
{
	(void)fd;
	return pathconf("/", name);
}
