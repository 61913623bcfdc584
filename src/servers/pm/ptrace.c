/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The requests of ptrace(), none of which is served. */
#include <abi/errno.h>

#include "servers/pm/table.h"

int
do_pm_ptrace(struct mproc *mp, const struct pm_ptrace_req *req,
    struct pm_ptrace_rep *rep)
{
	(void)mp, (void)req, (void)rep;
	return -ENOSYS;
}
