/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * lockf: a write lock from the present position on.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int
lockf(int fd, int operation, off_t size)
{
	struct flock lock = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_CUR,
		.l_len = size,
	};

	switch (operation) {
	case F_ULOCK:
		lock.l_type = F_UNLCK;
		return fcntl(fd, F_SETLK, &lock);
	case F_LOCK:
		return fcntl(fd, F_SETLKW, &lock);
	case F_TLOCK:
		return fcntl(fd, F_SETLK, &lock);
	case F_TEST:
		if (fcntl(fd, F_GETLK, &lock) != 0)
			return -1;
		return errno_return(lock.l_type == F_UNLCK ? OK : -EAGAIN);
	default:
		return errno_return(-EINVAL);
	}
}
