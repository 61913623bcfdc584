/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: end the machine's run.
 */
#include <lacuna/sysinfo.h>

#include <lacuna/kcall.h>

int
sys_abort(enum abort_how how)
{
	struct sys_abort_req req = { (int32_t)how };

	return KCALL_REQ(SYS_ABORT, &req);
}
