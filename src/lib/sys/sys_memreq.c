/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the next request to VM.
 */
#include <lacuna/sysvm.h>

#include <lacuna/kcall.h>

int
sys_memreq(endpoint_t answered, int status, struct sys_memreq_rep *req)
{
	struct sys_memreq_req answer = { answered, status };

	return KCALL(SYS_MEMREQ, &answer, req);
}
