/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: one port access.
 */
#include <lacuna/sysdev.h>

#include <lacuna/kcall.h>

int
sys_devio(uint32_t how, uint32_t port, uint32_t out, uint32_t *in)
{
	struct sys_devio_req req = { port, out, how };
	struct sys_devio_rep rep;
	int r;

	r = KCALL(SYS_DEVIO, &req, &rep);
	if (r == OK && in != NULL)
		*in = rep.value;
	return r;
}
