/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * flock: a lock on the whole file, made of record locks.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int
flock(int fd, int operation)
{
	struct flock lock = { .l_whence = SEEK_SET };

	switch (operation & ~LOCK_NB) {
	case LOCK_SH:
		lock.l_type = F_RDLCK;
		break;
	case LOCK_EX:
		lock.l_type = F_WRLCK;
		break;
	case LOCK_UN:
		lock.l_type = F_UNLCK;
		break;
	default:
		return errno_return(-EINVAL);
	}
	return fcntl(fd, operation & LOCK_NB ? F_SETLK : F_SETLKW, &lock);
}
