/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getgid: the caller's group. PM tells all ids at once.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

gid_t
getgid(void)
{
	struct pm_getids_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_GETIDS, NULL, 0, &rep, sizeof rep);
	return r == OK ? rep.gid : (gid_t)errno_return(r);
}
