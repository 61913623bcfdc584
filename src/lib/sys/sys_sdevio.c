/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: string port access.
 */
#include <lacuna/sysdev.h>

#include <lacuna/kcall.h>

int
sys_sdevio(uint32_t how, uint32_t port, endpoint_t granter, cp_grant_id_t gid,
    vir_bytes offset, vir_bytes bytes)
{
	struct sys_sdevio_req req = { port, how, granter, gid, offset, bytes };

	return KCALL_REQ(SYS_SDEVIO, &req);
}
