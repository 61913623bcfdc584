/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getentropy: bytes of /dev/random, or none at all.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define ENTROPY_MAX 256 /* POSIX: more is an error */

int
getentropy(void *buf, size_t size)
{
	ssize_t n;
	int fd, r;

	if (size > ENTROPY_MAX)
		return errno_return(-EIO);
	fd = open("/dev/random", O_RDONLY);
	if (fd < 0)
		return errno == ENOENT ? errno_return(-ENOSYS) : -1;
	n = read(fd, buf, size);
	r = n < 0 ? -errno : n == (ssize_t)size ? 0 : -EIO;
	(void)close(fd); /* nothing was written */
	return errno_return(r);
}
