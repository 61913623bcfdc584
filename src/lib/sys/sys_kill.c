/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: raise a signal.
 */
#include <lacuna/syssig.h>

#include <lacuna/kcall.h>

int
sys_kill(endpoint_t ep, int sig)
{
	struct sys_kill_req req = { ep, sig };

	return KCALL_REQ(SYS_KILL, &req);
}
