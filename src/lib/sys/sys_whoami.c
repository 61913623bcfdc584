/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: identity of the caller.
 */
#include <lacuna/sysinfo.h>

#include <lacuna/kcall.h>

int
sys_whoami(endpoint_t *ep, char *name, uint32_t *priv_flags)
{
	struct sys_whoami_rep rep;
	int r;

	r = kernel_call(SYS_WHOAMI, NULL, 0, &rep, sizeof rep);
	if (r != OK)
		return r;
	if (ep != NULL)
		*ep = rep.ep;
	if (name != NULL)
		memcpy(name, rep.name, sizeof rep.name);
	if (priv_flags != NULL)
		*priv_flags = rep.priv_flags;
	return OK;
}
