/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sigsuspend: wait under another mask. The reply is always an error: EINTR,
 * when a handler has run.
 */
#include "lib/libc/port.h"

#include <signal.h>

#include <proto/pm.h>

int
sigsuspend(const sigset_t *mask)
{
	struct pm_sigsuspend_req req = { .mask = *mask };

	return errno_return(
	    msg_call(PM_PROC_NR, PM_SIGSUSPEND, &req, sizeof req, NULL, 0));
}
