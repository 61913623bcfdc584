/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getpgid: the process group of the caller. PM tells nobody about others.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <unistd.h>

#include <proto/pm.h>

pid_t
getpgid(pid_t pid)
{
	struct pm_getids_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_GETIDS, NULL, 0, &rep, sizeof rep);
	if (r == OK && pid != 0 && pid != rep.pid)
		r = -EPERM;
	return r == OK ? rep.pgrp : errno_return(r);
}
