/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: debugger access.
 */
#include <lacuna/sysproc.h>

#include <lacuna/kcall.h>

int
sys_trace(endpoint_t ep, int request, vir_bytes addr, uint32_t *data)
{
	struct sys_trace_req req = { ep, request, addr, *data };
	struct sys_trace_rep rep;
	int r;

	r = KCALL(SYS_TRACE, &req, &rep);
	if (r == OK)
		*data = rep.data;
	return r;
}
