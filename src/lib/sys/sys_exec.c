/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: start a new image.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

int
sys_exec(endpoint_t ep, vir_bytes pc, vir_bytes sp, const char *name)
{
	struct sys_exec_req req = { .ep = ep, .pc = pc, .sp = sp };

	(void)strlcpy(req.name, name, sizeof req.name); /* may be cut */
	return KCALL_REQ(SYS_EXEC, &req);
}
