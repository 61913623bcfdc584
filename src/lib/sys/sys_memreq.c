/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: an answer of VM, and the next request.
 */
#include <lacuna/sysvm.h>

#include <lacuna/kcall.h>

int
sys_memreq(endpoint_t answered, int status, struct sys_memreq_rep *req)
{
	struct sys_memreq_req answer = { answered, status };

	return KCALL(SYS_MEMREQ, &answer, req);
}
