/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * gethostname: the node name of uname.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

int
gethostname(char *name, size_t size)
{
	struct utsname u;

	if (uname(&u) != 0)
		return -1;
	if (strlcpy(name, u.nodename, size) >= size)
		return errno_return(-ENAMETOOLONG);
	return 0;
}
