/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getprocinfo: PM describes one process after the other.
 */
#include "lib/libc/port.h"

#include <sys/lacuna.h>

#include <proto/pm.h>

int
getprocinfo(int slot, struct pm_procinfo *info)
{
	struct pm_procinfo_req req = { .slot = slot, .info = (vir_bytes)info };
	struct pm_procinfo_rep rep;
	int r;

	r = msg_call(PM_PROC_NR, PM_PROCINFO, &req, sizeof req, &rep,
	    sizeof rep);
	return r == OK ? rep.next : errno_return(r);
}
