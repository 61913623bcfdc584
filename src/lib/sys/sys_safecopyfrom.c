/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: copy out of a grant.
 */
#include <lacuna/sysmem.h>

#include <lacuna/kcall.h>

int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	struct sys_safecopyfrom_req req = { granter, gid, offset, addr, bytes };

	return KCALL_REQ(SYS_SAFECOPYFROM, &req);
}
