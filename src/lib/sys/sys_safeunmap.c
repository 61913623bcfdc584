/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: end the mapping of an own window.
 */
#include <lacuna/sysmap.h>

#include <lacuna/kcall.h>

int
sys_safeunmap(vir_bytes addr)
{
	struct sys_safeunmap_req req = { addr };

	return KCALL_REQ(SYS_SAFEUNMAP, &req);
}
