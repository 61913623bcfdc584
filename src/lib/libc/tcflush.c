/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tcflush: throw away what has not been read, or not been sent.
 */
#include <stdint.h>
#include <sys/ioctl.h>
#include <termios.h>

int
tcflush(int fd, int queue)
{
	int32_t arg = queue;

	return ioctl(fd, TCFLSH, &arg);
}
