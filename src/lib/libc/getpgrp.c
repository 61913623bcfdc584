/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getpgrp: the caller's process group. PM tells all ids at once.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

pid_t
getpgrp(void)
{
	struct pm_getids_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_GETIDS, NULL, 0, &rep, sizeof rep);
	return r == OK ? rep.pgrp : errno_return(r);
}
