/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: identity of the caller.
 */
#include "kernel/call/call.h"

#include <lacuna/string.h>

int
do_sys_whoami(struct proc *caller, const struct sys_whoami_req *req,
    struct sys_whoami_rep *rep)
{
	(void)req;
	rep->ep = caller->endpoint;
	rep->priv_flags = caller->priv->spec.flags;
	memcpy(rep->name, caller->name, PROC_NAME_MAX);
	return OK;
}
