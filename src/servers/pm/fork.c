/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Birth of a process, in two halves: VM and the kernel fill the slot at once,
 * then VFS is told, and only its answer lets parent and child go on. The
 * outstanding request is the child's: signals to it wait, signals to the
 * parent do not. The child of a service is an ordinary process, which does not
 * run before somebody has set its privileges.
 */
#include "servers/pm/fork.h"

#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "servers/pm/exit.h"
#include "servers/pm/limit.h"
#include "servers/pm/proc.h"
#include "servers/pm/rs.h"
#include "servers/pm/shutdown.h"
#include "servers/pm/signal.h"
#include "servers/pm/table.h"
#include "servers/pm/timer.h"
#include "servers/pm/trace.h"
#include "servers/pm/vfs.h"

/* Fill the slot of a child; VM and kernel know it as ep already. */
static void
child_init(struct mproc *child, const struct mproc *parent, endpoint_t ep)
{
	*child = *parent;
	proc_enter(child);
	child->flags |= parent->flags & GUARDED;
	child->ep = ep;
	child->parent = proc_slot(parent);
	child->pending = child->kernel_pending = 0;
	child->child_user = child->child_system = 0;
	memset(child->timer, 0, sizeof child->timer);
	child->vfs_deadline = 0;
	child->pid = proc_new_pid();
	trace_fork(child);
}

/* What is different in a service: an identity of its own, and RS's tag. */
static void
service_init(struct mproc *child, const struct pm_rs_req *req)
{
	child->flags |= PRIV_PROC | SRV_FORKED;
	child->uid = child->euid = req->u.fork.uid;
	child->gid = child->egid = req->u.fork.gid;
	child->groups = 0;
	child->pgrp = child->sid = child->pid;
	child->rs_tag = req->tag;
}

/* Copy the memory and the kernel's slot of a process, for user uid. */
static int
vm_copy(const struct mproc *parent, const struct mproc *child, uint32_t uid,
    endpoint_t *ep)
{
	struct vm_fork_req req = { parent->ep, proc_slot(child), uid == 0 };
	struct vm_fork_rep rep;
	int r =
	    msg_call(VM_PROC_NR, VM_FORK, &req, sizeof req, &rep, sizeof rep);

	if (r == OK)
		*ep = rep.child;
	return r;
}

/* Let VM and the kernel fill a slot, then have VFS record the child. */
static int
child_begin(const struct mproc *parent, struct mproc *child, int request,
    const struct pm_rs_req *service)
{
	struct vfs_pm_req m = { 0 };
	endpoint_t ep;
	int r;

	if (child == NULL)
		return -EAGAIN;
	r = vm_copy(parent, child,
	    service != NULL ? service->u.fork.uid : parent->euid, &ep);
	if (r != OK)
		return r;
	child_init(child, parent, ep);
	if (service != NULL)
		service_init(child, service);
	m.u.fork.parent = parent->ep;
	m.u.fork.pid = child->pid;
	m.u.fork.uid = child->euid;
	m.u.fork.gid = child->egid;
	tell_vfs(child, request, &m);
	trace_forked(child);
	return OK;
}

int
do_pm_fork(struct mproc *mp, const struct pm_fork_req *req,
    struct pm_fork_rep *rep)
{
	int r;

	(void)req, (void)rep;
	if (mp->ep == RS_PROC_NR)
		return -EPERM; /* it has a fork of its own: PM_RS_FORK */
	if (!shutdown_allows_fork())
		return -EAGAIN;
	if (limit_reached_procs(mp))
		return -EAGAIN;
	r = child_begin(mp, proc_alloc(mp->euid), VFS_PM_FORK, NULL);
	if (r != OK)
		return r;
	mp->flags |= FORKING;
	return SUSPEND;
}

int
service_fork(const struct pm_rs_req *req)
{
	const struct mproc *rs = proc_by_ep(RS_PROC_NR);
	struct mproc *child = proc_alloc(0);
	int r = child_begin(rs, child, VFS_PM_SRV_FORK, req);

	if (r == OK)
		timer_vfs(child);
	return r;
}

/* End a child that nobody has heard of. */
static void
child_drop(struct mproc *child)
{
	child->pending = child->kernel_pending = 0;
	child->flags |= TOLD_PARENT;
	exit_proc(child, 0, SIGKILL, false);
}

/* RS's new service is known everywhere; it does not run yet. RS may have been
 * told that VFS is silent, and a signal may have come before RS could know
 * whose it is. */
static void
service_forked(struct mproc *child, int status)
{
	const bool late = child->vfs_deadline == 0;

	child->flags &= ~(uint32_t)SRV_FORKED;
	child->vfs_deadline = 0;
	if (status == OK && child->pending != 0)
		status = -EINTR;
	if (!late)
		rs_forked(child, status);
	if (late || status != OK)
		child_drop(child);
}

/* Answer the parent, which may have signals that have waited for this. */
static void
parent_answer(struct mproc *parent, int status, int32_t pid)
{
	const struct pm_fork_rep rep = { pid };

	parent->flags &= ~(uint32_t)FORKING;
	proc_reply(parent, status, &rep, sizeof rep);
	restart_sigs(parent);
}

void
fork_restart(struct mproc *child, int status)
{
	struct mproc *parent = &mproc[child->parent];
	const struct pm_fork_rep rep = { 0 };
	bool orphan = (child->flags & NEW_PARENT) != 0;

	child->flags &= ~(uint32_t)NEW_PARENT;
	if (child->flags & SRV_FORKED) {
		service_forked(child, status);
		return;
	}
	if (!orphan)
		parent_answer(parent, status, child->pid);
	if (status != OK)
		child_drop(child); /* nobody waits for this one */
	else
		proc_reply(child, OK, &rep, sizeof rep);
}
