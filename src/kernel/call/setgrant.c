/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: where the caller keeps its grants.
 */
#include "kernel/call/call.h"

int
do_sys_setgrant(struct proc *caller, const struct sys_setgrant_req *req,
    struct sys_setgrant_rep *rep)
{
	struct priv *priv = caller->priv;

	(void)rep;
	if (!priv_is_own(caller))
		return -EPERM;
	if (req->entries < 0 || req->entries > GRANT_MAX_IDX)
		return -EINVAL;
	priv->grant_table = req->addr;
	priv->grant_entries = req->entries;
	priv->grant_owner = caller->endpoint;
	return OK;
}
