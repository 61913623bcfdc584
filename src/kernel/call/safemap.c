/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls: share granted pages, and stop sharing them.
 */
#include "kernel/call/call.h"

int
do_sys_safemap(struct proc *caller, const struct sys_safemap_req *req,
    struct sys_safemap_rep *rep)
{
	(void)caller, (void)req, (void)rep;
	return -ENOSYS;
}

int
do_sys_saferevmap(struct proc *caller, const struct sys_saferevmap_req *req,
    struct sys_saferevmap_rep *rep)
{
	(void)caller, (void)req, (void)rep;
	return -ENOSYS;
}

int
do_sys_safeunmap(struct proc *caller, const struct sys_safeunmap_req *req,
    struct sys_safeunmap_rep *rep)
{
	(void)caller, (void)req, (void)rep;
	return -ENOSYS;
}
