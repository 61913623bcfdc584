/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: signals are disposed of.
 */
#include <lacuna/syssig.h>

#include <lacuna/kcall.h>

int
sys_endksig(endpoint_t ep)
{
	struct sys_endksig_req req = { ep };

	return KCALL_REQ(SYS_ENDKSIG, &req);
}
