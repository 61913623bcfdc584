/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * reboot: PM ends all processes, VFS writes everything out, and the kernel
 * stops or restarts the machine.
 */
#include "lib/libc/port.h"

#include <sys/reboot.h>

#include <abi/kcall.h>
#include <proto/pm.h>

_Static_assert(RB_HALT == (int)ABORT_HALT && RB_AUTOBOOT == (int)ABORT_REBOOT,
    "ways to end");

int
reboot(int how)
{
	struct pm_reboot_req req = { .how = how };

	return errno_return(
	    msg_call(PM_PROC_NR, PM_REBOOT, &req, sizeof req, NULL, 0));
}
