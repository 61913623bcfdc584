/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: fill a grant.
 */
#include <lacuna/sysmem.h>

#include <lacuna/kcall.h>

int
sys_safememset(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    int byte, size_t bytes)
{
	struct sys_safememset_req req = { granter, gid, offset, bytes,
		(uint8_t)byte };

	return KCALL_REQ(SYS_SAFEMEMSET, &req);
}
