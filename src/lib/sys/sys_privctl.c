/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: privileges.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

int
sys_privctl(endpoint_t ep, int request, const void *arg)
{
	struct sys_privctl_req req = { ep, request, vir_addr(arg) };

	return KCALL_REQ(SYS_PRIVCTL, &req);
}
