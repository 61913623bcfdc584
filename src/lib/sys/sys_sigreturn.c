/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: undo a signal frame.
 */
#include <lacuna/syssig.h>

#include <lacuna/kcall.h>

int
sys_sigreturn(endpoint_t ep, vir_bytes context, ksigset_t *mask)
{
	struct sys_sigreturn_req req = { ep, context };
	struct sys_sigreturn_rep rep;
	int r;

	r = KCALL(SYS_SIGRETURN, &req, &rep);
	if (r == OK)
		*mask = rep.mask;
	return r;
}
