/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The requests of tracers. This file is yours to write: what each request
 * does, and which error comes first, is said in ptrace(2) and abi/ptrace.h.
 * Until then there is none.
 */
#include <abi/errno.h>
#include <abi/ptrace.h>
#include <lacuna/syslib.h>
#include <proto/vfs_pm.h>

#include "servers/pm/table.h"
#include "servers/pm/trace.h"
#include "servers/pm/tracer.h"

int
do_pm_ptrace(struct mproc *mp, const struct pm_ptrace_req *req,
    struct pm_ptrace_rep *rep)
{
	(void)mp, (void)req, (void)rep;
	return -ENOSYS;
}
