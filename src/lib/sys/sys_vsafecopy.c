/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: a vector of safe copies.
 */
#include <lacuna/sysmem.h>

#include <lacuna/kcall.h>

int
sys_vsafecopy(const struct vscp_vec *vec, int n)
{
	struct sys_vsafecopy_req req = { vir_addr(vec), n };

	return KCALL_REQ(SYS_VSAFECOPY, &req);
}
