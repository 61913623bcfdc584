/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls: map granted memory, and end that. This file is yours to
 * write: what each call must do is said at its stub in lacuna/sysmap.h, how a
 * kernel call waits for VM in kernel/vmreq.h. Until then each of them is
 * answered with -ENOSYS.
 */
#include "kernel/call/call.h"

#include "kernel/call/grant.h"
#include "kernel/maps.h"

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
