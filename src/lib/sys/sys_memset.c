/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: fill memory.
 */
#include <lacuna/sysmem.h>

#include <lacuna/kcall.h>

int
sys_memset(endpoint_t ep, vir_bytes addr, int byte, size_t bytes)
{
	struct sys_memset_req req = { ep, addr, bytes, (uint8_t)byte };

	return KCALL_REQ(SYS_MEMSET, &req);
}
