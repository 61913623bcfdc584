/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tcgetattr: the terminal tells its settings.
 */
#include <sys/ioctl.h>
#include <termios.h>

int
tcgetattr(int fd, struct termios *t)
{
	return ioctl(fd, TCGETS, t);
}
