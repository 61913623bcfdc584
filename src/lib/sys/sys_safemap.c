/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: map granted memory.
 */
#include <lacuna/sysmap.h>

#include <lacuna/kcall.h>

int
sys_safemap(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes, int writable)
{
	struct sys_safemap_req req = { granter, gid, offset, addr, bytes,
		writable != 0 };

	return KCALL_REQ(SYS_SAFEMAP, &req);
}
