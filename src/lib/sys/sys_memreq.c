/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the next request to VM.
 */
#include <lacuna/sysvm.h>

#include <lacuna/kcall.h>

int
sys_memreq(struct sys_memreq_rep *req)
{
	return kernel_call(SYS_MEMREQ, NULL, 0, req, sizeof *req);
}
