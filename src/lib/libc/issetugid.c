/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * issetugid: do the rights of the caller come from the file it runs?
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

int
issetugid(void)
{
	struct pm_getids_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_GETIDS, NULL, 0, &rep, sizeof rep);
	/* Who cannot be identified is not trusted. */
	return r != OK || rep.uid != rep.euid || rep.gid != rep.egid;
}
