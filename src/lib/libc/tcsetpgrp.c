/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tcsetpgrp: put a process group in the foreground.
 */
#include <stdint.h>
#include <sys/ioctl.h>
#include <unistd.h>

int
tcsetpgrp(int fd, pid_t pgrp)
{
	int32_t arg = pgrp;

	return ioctl(fd, TIOCSPGRP, &arg);
}
