/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tcsendbreak: a break on the line.
 */
#include <stdint.h>
#include <sys/ioctl.h>
#include <termios.h>

int
tcsendbreak(int fd, int duration)
{
	int32_t arg = duration;

	return ioctl(fd, TCSBRK, &arg);
}
