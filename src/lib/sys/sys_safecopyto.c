/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: copy into a grant.
 */
#include <lacuna/sysmem.h>

#include <lacuna/kcall.h>

int
sys_safecopyto(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	struct sys_safecopyto_req req = { granter, gid, offset, addr, bytes };

	return KCALL_REQ(SYS_SAFECOPYTO, &req);
}
