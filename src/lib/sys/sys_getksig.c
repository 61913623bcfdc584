/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: who has signals?
 */
#include <lacuna/syssig.h>

#include <lacuna/kcall.h>

int
sys_getksig(endpoint_t *ep, ksigset_t *set)
{
	struct sys_getksig_rep rep;
	int r;

	r = kernel_call(SYS_GETKSIG, NULL, 0, &rep, sizeof rep);
	if (r != OK)
		return r;
	*ep = rep.ep;
	*set = rep.set;
	return OK;
}
