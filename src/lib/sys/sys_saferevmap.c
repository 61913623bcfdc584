/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: end mappings of own memory.
 */
#include <lacuna/sysmap.h>

#include <lacuna/kcall.h>

int
sys_saferevmap_gid(cp_grant_id_t gid)
{
	struct sys_saferevmap_req req = { .by_gid = true, .gid = gid };

	return KCALL_REQ(SYS_SAFEREVMAP, &req);
}

int
sys_saferevmap_addr(vir_bytes addr)
{
	struct sys_saferevmap_req req = { .by_gid = false, .addr = addr };

	return KCALL_REQ(SYS_SAFEREVMAP, &req);
}
