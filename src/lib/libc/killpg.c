/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * killpg: a signal for a process group; 0 is the caller's own.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <signal.h>

int
killpg(pid_t pgrp, int sig)
{
	return pgrp < 0 ? errno_return(-EINVAL) : kill(-pgrp, sig);
}
