/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: priority and quantum.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

int
sys_schedule(endpoint_t ep, int priority, int quantum)
{
	struct sys_schedule_req req = { ep, priority, quantum };

	return KCALL_REQ(SYS_SCHEDULE, &req);
}
