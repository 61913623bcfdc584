/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: a process's standing in IPC.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

int
sys_statectl(endpoint_t ep, int request)
{
	struct sys_statectl_req req = { ep, request };

	return KCALL_REQ(SYS_STATECTL, &req);
}
