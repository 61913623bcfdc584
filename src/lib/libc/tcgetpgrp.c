/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tcgetpgrp: the process group in the foreground of a terminal.
 */
#include <stdint.h>
#include <sys/ioctl.h>
#include <unistd.h>

pid_t
tcgetpgrp(int fd)
{
	int32_t pgrp;

	return ioctl(fd, TIOCGPGRP, &pgrp) == 0 ? pgrp : -1;
}
