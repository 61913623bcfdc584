/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: build a signal frame.
 */
#include <lacuna/syssig.h>

#include <lacuna/kcall.h>

int
sys_sigsend(endpoint_t ep, const struct sigmsg *msg)
{
	struct sys_sigsend_req req = { ep, *msg };

	return KCALL_REQ(SYS_SIGSEND, &req);
}
