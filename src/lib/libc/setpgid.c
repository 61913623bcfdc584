/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * setpgid: move a process into a group.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

int
setpgid(pid_t pid, pid_t pgrp)
{
	struct pm_setpgid_req req = { .pid = pid, .pgrp = pgrp };

	return errno_return(
	    msg_call(PM_PROC_NR, PM_SETPGID, &req, sizeof req, NULL, 0));
}
