/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * _exit: PM ends the process; there is no reply.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

void
_exit(int status)
{
	struct pm_exit_req req = { .status = status };

	/* A refusal is possible only while the system falls apart. */
	for (;;)
		(void)msg_call(PM_PROC_NR, PM_EXIT, &req, sizeof req, NULL, 0);
}
