/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tcsetattr: one request for each time at which the change may come.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>

int
tcsetattr(int fd, int when, const struct termios *t)
{
	switch (when) {
	case TCSANOW:
		return ioctl(fd, TCSETS, t);
	case TCSADRAIN:
		return ioctl(fd, TCSETSW, t);
	case TCSAFLUSH:
		return ioctl(fd, TCSETSF, t);
	default:
		return errno_return(-EINVAL);
	}
}
