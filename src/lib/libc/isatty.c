/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * isatty: only a terminal has terminal settings. The error is ENOTTY or EBADF,
 * as VFS says.
 */
#include <termios.h>
#include <unistd.h>

int
isatty(int fd)
{
	struct termios t;

	return tcgetattr(fd, &t) == 0;
}

/* The name newlib's stdio uses. */
int _isatty(int fd) __attribute__((alias("isatty")));
