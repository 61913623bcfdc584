/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tcdrain: wait until output has gone.
 */
#include <sys/ioctl.h>
#include <termios.h>

int
tcdrain(int fd)
{
	return ioctl(fd, TCDRAIN);
}
