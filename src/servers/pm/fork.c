/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Birth of a process, in two halves: VM and the kernel fill the slot at once,
 * then VFS is told, and only its answer lets parent and child go on. The
 * outstanding request is the child's: signals to it wait, signals to the
 * parent do not. The child of a service is an ordinary process, which does not
 * run before somebody has set its privileges.
 */
#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "servers/pm/pm.h"
#include "servers/pm/signal.h"

/* Fill the slot of a child; VM and kernel know it as ep already. */
static void
child_init(struct mproc *child, const struct mproc *parent, endpoint_t ep)
{
	*child = *parent;
	child->flags = IN_USE;
	child->ep = ep;
	child->parent = proc_slot(parent);
	child->pending = child->kernel_pending = 0;
	child->child_user = child->child_system = 0;
	memset(child->timer, 0, sizeof child->timer);
	child->pid = proc_new_pid();
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

int
do_pm_fork(struct mproc *mp, const struct pm_fork_req *req,
    struct pm_fork_rep *rep)
{
	struct mproc *child = proc_alloc(mp->euid);
	struct vfs_pm_req m = { 0 };
	endpoint_t ep;
	int r;

	(void)req, (void)rep;
	if (mp->ep == RS_PROC_NR)
		return -EPERM; /* it has a fork of its own: PM_SRV_FORK */
	if (child == NULL)
		return -EAGAIN;
	r = vm_copy(mp, child, mp->euid, &ep);
	if (r != OK)
		return r;

	child_init(child, mp, ep);
	m.u.fork.parent = mp->ep;
	m.u.fork.pid = child->pid;
	m.u.fork.uid = child->euid;
	m.u.fork.gid = child->egid;
	tell_vfs(child, VFS_PM_FORK, &m);
	return SUSPEND;
}

int
do_pm_srv_fork(struct mproc *mp, const struct pm_srv_fork_req *req,
    struct pm_srv_fork_rep *rep)
{
	struct mproc *child = proc_alloc(0);
	struct vfs_pm_req m = { 0 };
	endpoint_t ep;
	int r;

	(void)rep;
	if (mp->ep != RS_PROC_NR)
		return -EPERM;
	if (child == NULL)
		return -EAGAIN;
	r = vm_copy(mp, child, req->uid, &ep);
	if (r != OK)
		return r;

	child_init(child, mp, ep);
	child->flags |= PRIV_PROC | SRV_FORKED;
	child->uid = child->euid = req->uid;
	child->gid = child->egid = req->gid;
	child->pgrp = child->sid = child->pid;
	m.u.fork.parent = mp->ep;
	m.u.fork.pid = child->pid;
	m.u.fork.uid = child->euid;
	m.u.fork.gid = child->egid;
	tell_vfs(child, VFS_PM_SRV_FORK, &m);
	return SUSPEND;
}

/* RS's new service is known everywhere; it does not run yet. */
static void
srv_fork_restart(struct mproc *child)
{
	struct pm_srv_fork_rep rep = { child->pid, child->ep };

	child->flags &= ~(uint32_t)SRV_FORKED;
	proc_reply(&mproc[child->parent], OK, &rep, sizeof rep);
}

void
fork_restart(struct mproc *child, int status)
{
	struct mproc *parent = &mproc[child->parent];
	bool orphan = (child->flags & NEW_PARENT) != 0;
	struct pm_fork_rep rep = { child->pid };

	child->flags &= ~(uint32_t)NEW_PARENT;
	if (status != OK) {
		if (!orphan)
			proc_reply(parent, status, NULL, 0);
		child->flags |= TOLD_PARENT; /* nobody waits for this one */
		exit_proc(child, 0, SIGKILL, false);
		return;
	}
	if (child->flags & SRV_FORKED) {
		srv_fork_restart(child);
		return;
	}
	if (!orphan)
		proc_reply(parent, OK, &rep, sizeof rep);
	rep.pid = 0;
	proc_reply(child, OK, &rep, sizeof rep);
}
