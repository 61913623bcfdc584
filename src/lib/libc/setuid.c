/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * setuid: change the real and effective user of the caller. PM tells VFS
 * before it replies.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

int
setuid(uid_t id)
{
	struct pm_setid_req req = { .which = PM_UID, .id = id };

	return errno_return(
	    msg_call(PM_PROC_NR, PM_SETID, &req, sizeof req, NULL, 0));
}
