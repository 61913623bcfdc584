/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: announce a grant table.
 */
#include <lacuna/sysmem.h>

#include <lacuna/kcall.h>

int
sys_setgrant(struct cp_grant *table, int entries)
{
	struct sys_setgrant_req req = { vir_addr(table), entries };

	return KCALL_REQ(SYS_SETGRANT, &req);
}
