/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * _exit: PM ends the process; there is no reply. A program on this library is
 * no service, and PM refuses to end one.
 */
#include "lib/libc/port.h"

#include <unistd.h>

#include <proto/pm.h>

void
_exit(int status)
{
	struct pm_exit_req req = { .status = status };

	for (;;) {
		(void)msg_call(PM_PROC_NR, PM_EXIT, &req, sizeof req, NULL, 0);
		/* Refused: RS runs this program as a service, and takes the
		 * fault for its end. */
		__builtin_trap();
	}
}
