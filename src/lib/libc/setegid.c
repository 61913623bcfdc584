/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * setegid: change the effective group of the caller. PM tells VFS before it
 * replies.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

int
setegid(gid_t id)
{
	struct pm_setid_req req = { .which = PM_EGID, .id = id };

	return errno_return(
	    msg_call(PM_PROC_NR, PM_SETID, &req, sizeof req, NULL, 0));
}
