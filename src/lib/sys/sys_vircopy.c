/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: copy without a grant.
 */
#include <lacuna/sysmem.h>

#include <lacuna/kcall.h>

int
sys_vircopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes, uint32_t flags)
{
	struct sys_vircopy_req req = { src, src_addr, dst, dst_addr, bytes,
		flags };

	return KCALL_REQ(SYS_VIRCOPY, &req);
}
