/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * setgid: change the real and effective group of the caller. PM tells VFS
 * before it replies.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

int
setgid(gid_t id)
{
	struct pm_setid_req req = { .which = PM_GID, .id = id };

	return errno_return(
	    msg_call(PM_PROC_NR, PM_SETID, &req, sizeof req, NULL, 0));
}
