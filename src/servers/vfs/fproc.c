/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Processes as VFS sees them, and what PM asks about them. Births and changes
 * of identity are recorded at once; what may block runs in a worker, behind
 * the request the process is in.
 */
#include "servers/vfs/fproc.h"

#include <abi/dev.h>
#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/vfs_pm.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/core.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/worker.h"

struct fproc fproc[NR_PROCS];

static bool starved; /* something waits for a worker to be free */

struct fproc *
fproc_get(endpoint_t ep)
{
	int slot = endpoint_slot(ep);

	if (slot < 0 || slot >= NR_PROCS)
		return NULL;
	if (!(fproc[slot].flags & FP_IN_USE) || fproc[slot].ep != ep)
		return NULL;
	return &fproc[slot];
}

bool
fproc_in_group(const struct fproc *fp, uint32_t gid, bool real)
{
	uint32_t i = 0;

	while (i < fp->groups && fp->group[i] != gid)
		i++;
	return gid == (real ? fp->gid : fp->egid) || i < fp->groups;
}

bool
fproc_ended(endpoint_t ep)
{
	int slot = endpoint_slot(ep);

	return slot >= 0 && slot < NR_PROCS && fproc[slot].ep == ep &&
	    !(fproc[slot].flags & FP_IN_USE);
}

void
fproc_set_root(struct vnode *vp)
{
	struct fproc *fp;

	for (fp = fproc; fp < fproc + NR_PROCS; fp++) {
		if (!(fp->flags & FP_IN_USE) || fp->root != NULL)
			continue;
		fp->root = vnode_ref(vp);
		fp->cwd = vnode_ref(vp);
	}
}

/* PM does not block on us, so a blocking send is safe. */
static void
pm_reply(int request, struct vfs_pm_rep *rep, endpoint_t ep)
{
	struct message m;

	memset(&m, 0, sizeof m);
	m.m_type = VFS_PM_REPLY(request);
	rep->ep = ep;
	memcpy(m.m_body, rep, sizeof *rep);
	if (ipc_send(PM_PROC_NR, &m) != OK)
		panic("vfs: pm does not take answers");
}

static void
pm_reply_status(int request, endpoint_t ep, int status)
{
	struct vfs_pm_rep rep = { .status = status };

	pm_reply(request, &rep, ep);
}

/* Is a request one that the root file system may have to do with? RS tells of
 * drivers, which file servers may wait for; and select asks no file server, so
 * that whoever sleeps wakes in time. */
static bool
needs_root(const struct fproc *fp, const struct message *m)
{
	return fp->ep != RS_PROC_NR && m->m_type != VFS_SELECT;
}

int
fproc_interrupted(struct fproc *fp, int type, bool part)
{
	fp->interrupted =
	    part || type == VFS_SELECT ? VFS_PM_CALL_EINTR : VFS_PM_CALL_AGAIN;
	return -ECALLAGAIN;
}

/* Answer a request that has not begun. */
static void
refuse(const struct fproc *fp, int status)
{
	struct message none;

	memset(&none, 0, sizeof none);
	none.m_type = status;
	(void)ipc_sendnb(fp->ep, &none); /* it may be dead */
}

/* Work of a process's worker: its request. */
static void
run_request(struct worker *w)
{
	struct fproc *fp = w->fp;
	int r = needs_root(fp, &w->in) ? mount_wait_root() : OK;

	if (r == OK)
		call_dispatch(fp, &w->in);
	else if (r == -EINTR && w->interrupted)
		refuse(fp, fproc_interrupted(fp, w->in.m_type, false));
	else
		refuse(fp, r);
	fp->worker = NULL;
	fproc_next(fp);
}

static void
run_exec(struct fproc *fp, const struct vfs_pm_req *req)
{
	struct vfs_pm_rep rep;

	memset(&rep, 0, sizeof rep);
	rep.status = mount_wait_root();
	if (rep.status == OK)
		exec_program(fp, req, &rep);
	pm_reply(VFS_PM_EXEC, &rep, fp->ep);
}

static void
run_exit(struct fproc *fp, int type, const struct vfs_pm_req *req)
{
	struct vfs_pm_rep rep = { .status = OK };
	endpoint_t ep = fp->ep;

	worker_self()->dying = true;
	if (type == VFS_PM_DUMPCORE)
		rep.u.core.dumped = core_dump(fp, req);
	/* Whoever waits for this service waits no more. */
	if (fp->flags & FP_SERVICE) {
		dev_died(ep);
		fs_died(ep);
	}
	fproc_release(fp);
	fp->flags = 0;
	pm_reply(type, &rep, ep);
}

/* A process is in no call: what has been interrupted for that? */
static void
unpaused(struct fproc *fp)
{
	struct vfs_pm_rep rep = { .status = OK };

	rep.u.unpause.call = fp->interrupted;
	fp->interrupted = VFS_PM_CALL_NONE;
	pm_reply(VFS_PM_UNPAUSE, &rep, fp->ep);
}

/* Work of a process's worker: what PM wants of it. */
static void
run_pm_request(struct worker *w)
{
	struct fproc *fp = w->fp;
	struct vfs_pm_req req;

	memcpy(&req, w->in.m_body, sizeof req);
	switch (w->in.m_type) {
	case VFS_PM_EXEC:
		run_exec(fp, &req);
		break;
	case VFS_PM_EXIT:
	case VFS_PM_DUMPCORE:
		run_exit(fp, w->in.m_type, &req);
		break;
	case VFS_PM_UNPAUSE:
		unpaused(fp);
		break;
	default:
		break;
	}
	fp->worker = NULL;
	fproc_next(fp);
}

/* Start a worker for what is kept, which is none of PM's or is PM's. */
static bool
begin(struct fproc *fp, const struct message *m, bool pm)
{
	if (worker_start(fp, m, pm ? run_pm_request : run_request, pm) != OK) {
		starved = true;
		return false;
	}
	fp->worker = &workers[0]; /* any: it says that there is one */
	return true;
}

void
fproc_next(struct fproc *fp)
{
	if (fp->worker != NULL || !(fp->flags & FP_IN_USE))
		return;
	if (fp->flags & FP_PM_REQUEST) {
		if (begin(fp, &fp->pm_request, true))
			fp->flags &= ~(uint32_t)FP_PM_REQUEST;
	} else if (fp->flags & FP_REQUEST) {
		if (begin(fp, &fp->request, false))
			fp->flags &= ~(uint32_t)FP_REQUEST;
	}
}

void
fproc_next_any(void)
{
	struct fproc *fp;

	if (!starved)
		return;
	starved = false;
	for (fp = fproc; fp < fproc + NR_PROCS; fp++) {
		if (fp->flags & (FP_REQUEST | FP_PM_REQUEST))
			fproc_next(fp);
	}
}

void
fproc_request(struct fproc *fp, const struct message *m)
{
	if (fp->worker == NULL && !(fp->flags & FP_PM_REQUEST) &&
	    begin(fp, m, false))
		return;
	fp->request = *m;
	fp->flags |= FP_REQUEST;
}

/* Bring a process's worker out of a wait that may last; if the process is to
 * end, out of others soon, too. */
static void
interrupt(struct fproc *fp, bool end)
{
	struct worker *w;

	FOR_EACH_BUSY(w)
	{
		if (w->fp != fp)
			continue;
		if (end)
			worker_end(w);
		else
			worker_interrupt(w);
		dev_cancel(w);
	}
}

/* A request that has not begun: interrupted, or of a dead process. */
static void
drop_request(struct fproc *fp, int type)
{
	if (!(fp->flags & FP_REQUEST))
		return;
	fp->flags &= ~(uint32_t)FP_REQUEST;
	if (type == VFS_PM_UNPAUSE)
		refuse(fp, fproc_interrupted(fp, fp->request.m_type, false));
}

/* What a worker has to do. */
static void
pm_later(struct fproc *fp, const struct message *m)
{
	fp->pm_request = *m;
	fp->flags |= FP_PM_REQUEST;
	if (m->m_type != VFS_PM_EXEC) {
		drop_request(fp, m->m_type);
		interrupt(fp, m->m_type != VFS_PM_UNPAUSE);
	}
	fproc_next(fp);
}

static void
fproc_fork(const struct vfs_pm_req *req, int type)
{
	struct fproc *parent = fproc_get(req->u.fork.parent);
	struct fproc *child = &fproc[endpoint_slot(req->ep)];

	*child = *parent;
	child->flags = FP_IN_USE;
	if (type == VFS_PM_SRV_FORK)
		child->flags |= FP_SERVICE;
	child->ep = req->ep;
	child->pid = req->u.fork.pid;
	child->worker = NULL;
	if (type == VFS_PM_SRV_FORK) {
		child->uid = child->euid = req->u.fork.uid;
		child->gid = child->egid = req->u.fork.gid;
		child->groups = 0;
		child->tty = NO_DEV;
	}
	fd_fork(child, parent);
	if (child->root != NULL) {
		(void)vnode_ref(child->root);
		(void)vnode_ref(child->cwd);
	}
}

/* Fetch the groups of a process. PM has checked the number, and has them. */
static void
groups_fetch(struct fproc *fp, const struct vfs_pm_req *req)
{
	fp->groups = 0;
	if (req->u.groups.n == 0 || req->u.groups.n > NGROUPS_MAX)
		return;
	if (sys_vircopy(PM_PROC_NR, req->u.groups.list, SELF,
		(vir_bytes)fp->group, req->u.groups.n * sizeof *fp->group,
		0) == OK)
		fp->groups = req->u.groups.n;
}

/* Births and identities: done at once. False: it is none of those. */
static bool
pm_now(const struct vfs_pm_req *req, int type)
{
	struct fproc *fp = fproc_get(req->ep);

	if (type == VFS_PM_FORK || type == VFS_PM_SRV_FORK) {
		int slot = endpoint_slot(req->ep);

		if (slot < 0 || slot >= NR_PROCS ||
		    fproc_get(req->u.fork.parent) == NULL)
			pm_reply_status(type, req->ep, -EINVAL);
		else
			fproc_fork(req, type);
		return fproc_get(req->ep) != NULL;
	}
	if (fp == NULL)
		return false;
	switch (type) {
	case VFS_PM_SETUID:
		fp->uid = req->u.ids.real;
		fp->euid = req->u.ids.effective;
		return true;
	case VFS_PM_SETGID:
		fp->gid = req->u.ids.real;
		fp->egid = req->u.ids.effective;
		return true;
	case VFS_PM_SETGROUPS:
		groups_fetch(fp, req);
		return true;
	case VFS_PM_SETLIMITS:
		fp->files_max = req->u.limits.files;
		fp->size_max = req->u.limits.size;
		return true;
	case VFS_PM_SETSID:
		fp->flags |= FP_LEADER;
		fp->tty = NO_DEV;
		return true;
	default:
		return false;
	}
}

void
pm_request(const struct message *m)
{
	struct vfs_pm_req req;
	struct fproc *fp;

	memcpy(&req, m->m_body, sizeof req);
	if (m->m_type < VFS_PM_BASE || m->m_type >= VFS_PM_END) {
		printf("vfs: unknown request %#x of pm\n", m->m_type);
		return;
	}
	if (pm_now(&req, m->m_type)) {
		pm_reply_status(m->m_type, req.ep, OK);
		return;
	}
	fp = fproc_get(req.ep);
	if (fp != NULL)
		pm_later(fp, m);
	else if (m->m_type == VFS_PM_EXIT) /* refused at its birth */
		pm_reply_status(VFS_PM_EXIT, req.ep, OK);
	else
		printf("vfs: pm speaks of unknown %d\n", req.ep);
}

void
fproc_release(struct fproc *fp)
{
	struct vnode *root, *cwd;
	int fd;

	flock_release(fp, NULL);
	for (fd = 0; fd < OPEN_MAX; fd++) {
		if (fp->filp[fd] != NULL)
			fd_close(fp, fd);
	}
	/* A put may wait, and reboot may come meanwhile: forget first. */
	root = fp->root;
	cwd = fp->cwd;
	fp->root = fp->cwd = NULL;
	vnode_put(root);
	vnode_put(cwd);
}

int
fproc_init(void)
{
	struct vfs_pm_req req;
	struct message m;
	int r;

	for (;;) {
		r = ipc_receive(PM_PROC_NR, &m, NULL);
		if (r != OK)
			return r;
		memcpy(&req, m.m_body, sizeof req);
		if (m.m_type != VFS_PM_INIT || req.ep == NONE)
			break;
		fproc[endpoint_slot(req.ep)] = (struct fproc){
			.flags = FP_IN_USE,
			.ep = req.ep,
			.pid = req.u.fork.pid,
			.umask = 022,
			.tty = NO_DEV,
			.files_max = OPEN_MAX,
			.size_max = UINT32_MAX,
		};
		if (req.ep != INIT_PROC_NR)
			fproc[endpoint_slot(req.ep)].flags |= FP_SERVICE;
	}
	memset(&m, 0, sizeof m);
	return ipc_send(PM_PROC_NR, &m);
}
