/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: vector of port accesses.
 */
#include <lacuna/sysdev.h>

#include <lacuna/kcall.h>

int
sys_vdevio(uint32_t how, struct pv_pair *vec, int count)
{
	struct sys_vdevio_req req = { vir_addr(vec), count, how };

	return KCALL_REQ(SYS_VDEVIO, &req);
}
