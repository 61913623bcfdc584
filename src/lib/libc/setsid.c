/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * setsid: the caller becomes leader of a session and loses its terminal.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

pid_t
setsid(void)
{
	struct pm_setsid_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_SETSID, NULL, 0, &rep, sizeof rep);
	return r == OK ? rep.sid : errno_return(r);
}
