/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: empty a process slot.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

int
sys_clear(endpoint_t ep)
{
	struct sys_clear_req req = { ep };

	return KCALL_REQ(SYS_CLEAR, &req);
}
