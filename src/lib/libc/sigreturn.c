/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way out of a signal handler: PM lets the kernel restore all registers
 * and the mask from the context the kernel left on the stack, so that the call
 * never returns. Reached from __sigtramp only.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

void
__sigreturn(const struct sig_context *context)
{
	struct pm_sigreturn_req req = { .context = (vir_bytes)context };

	(void)msg_call(PM_PROC_NR, PM_SIGRETURN, &req, sizeof req, NULL, 0);
	_exit(127); /* the context was destroyed: nowhere to return to */
}
