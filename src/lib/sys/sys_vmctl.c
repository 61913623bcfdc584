/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: address spaces.
 */
#include <lacuna/sysvm.h>

#include <lacuna/kcall.h>

int
sys_vmctl(endpoint_t ep, int request, uint32_t value, uint32_t *result)
{
	struct sys_vmctl_req req = { ep, request, value };
	struct sys_vmctl_rep rep;
	int r;

	r = KCALL(SYS_VMCTL, &req, &rep);
	if (r == OK && result != NULL)
		*result = rep.value;
	return r;
}
