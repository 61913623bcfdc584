/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getppid: the id of the caller's parent. PM tells all ids at once.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

pid_t
getppid(void)
{
	struct pm_getids_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_GETIDS, NULL, 0, &rep, sizeof rep);
	return r == OK ? rep.ppid : errno_return(r);
}
