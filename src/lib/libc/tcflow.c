/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tcflow: hold or release input or output.
 */
#include <stdint.h>
#include <sys/ioctl.h>
#include <termios.h>

int
tcflow(int fd, int action)
{
	int32_t arg = action;

	return ioctl(fd, TCFLOW, &arg);
}
