/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Who a process is: user and group ids, process groups, sessions. Changes are
 * told to VFS, which checks permissions by its own copy; the caller goes on
 * when VFS has answered.
 */
#include "servers/pm/ids.h"

#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "servers/pm/proc.h"
#include "servers/pm/table.h"
#include "servers/pm/vfs.h"

int
do_pm_getids(struct mproc *mp, const struct pm_getids_req *req,
    struct pm_getids_rep *rep)
{
	(void)req;
	rep->pid = mp->pid;
	rep->ppid = mp->pid == INIT_PID ? 0 : mproc[mp->parent].pid;
	rep->pgrp = mp->pgrp;
	rep->sid = mp->sid;
	rep->uid = mp->uid;
	rep->euid = mp->euid;
	rep->gid = mp->gid;
	rep->egid = mp->egid;
	return OK;
}

void
euid_set(struct mproc *mp, uint32_t euid)
{
	struct vm_set_root_req req = { mp->ep, euid == 0 };

	if ((mp->euid == 0) != (euid == 0))
		/* VM can only refuse one that it does not know any more. */
		(void)msg_call(VM_PROC_NR, VM_SET_ROOT, &req, sizeof req, NULL,
		    0);
	mp->euid = euid;
}

int
do_pm_setid(struct mproc *mp, const struct pm_setid_req *req,
    struct pm_setid_rep *rep)
{
	bool group = req->which == PM_GID || req->which == PM_EGID;
	bool real = req->which == PM_UID || req->which == PM_GID;
	struct vfs_pm_req m = { 0 };
	uint32_t *rid;

	(void)rep;
	if (req->which < PM_UID || req->which > PM_EGID)
		return -EINVAL;
	rid = group ? &mp->gid : &mp->uid;
	if (mp->euid != 0 && req->id != *rid)
		return -EPERM;

	if (req->id != *rid || req->id != (group ? mp->egid : mp->euid))
		mp->flags |= GUARDED; /* until it runs another program */
	if (real)
		*rid = req->id;
	if (group)
		mp->egid = req->id;
	else
		euid_set(mp, req->id);
	m.u.ids.real = *rid;
	m.u.ids.effective = req->id;
	tell_vfs(mp, group ? VFS_PM_SETGID : VFS_PM_SETUID, &m);
	return SUSPEND;
}

/* Tell a process its groups. */
static int
groups_get(const struct mproc *mp, const struct pm_groups_req *req)
{
	if (req->n == 0 || mp->groups == 0)
		return OK;
	if (req->n < mp->groups)
		return -EINVAL;
	return sys_datacopy(SELF, (vir_bytes)(uintptr_t)mp->group, mp->ep,
	    req->list, mp->groups * sizeof *mp->group);
}

/* VFS fetches them from the process's slot, where they stay as they are until
 * it has answered. */
static int
groups_set(struct mproc *mp, const struct pm_groups_req *req)
{
	uint32_t group[NGROUPS_MAX];
	struct vfs_pm_req m = { 0 };
	int r = OK;

	if (mp->euid != 0)
		return -EPERM;
	if (req->n > NGROUPS_MAX)
		return -EINVAL;
	if (req->n > 0)
		r = sys_datacopy(mp->ep, req->list, SELF,
		    (vir_bytes)(uintptr_t)group, req->n * sizeof *group);
	if (r != OK)
		return r;
	memcpy(mp->group, group, req->n * sizeof *group);
	mp->groups = req->n;
	mp->flags |= GUARDED; /* as when other ids change */
	m.u.groups.n = mp->groups;
	m.u.groups.list = (vir_bytes)(uintptr_t)mp->group;
	tell_vfs(mp, VFS_PM_SETGROUPS, &m);
	return SUSPEND;
}

int
do_pm_groups(struct mproc *mp, const struct pm_groups_req *req,
    struct pm_groups_rep *rep)
{
	rep->n = mp->groups;
	return req->set != 0 ? groups_set(mp, req) : groups_get(mp, req);
}

/* Does a process group with this id exist? */
static bool
group_exists(int32_t pgrp, int32_t sid)
{
	struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (mp->pgrp == pgrp && mp->sid == sid)
			return true;
	}
	return false;
}

int
do_pm_setsid(struct mproc *mp, const struct pm_setsid_req *req,
    struct pm_setsid_rep *rep)
{
	struct vfs_pm_req m = { 0 };

	(void)req, (void)rep;
	if (mp->pgrp == mp->pid)
		return -EPERM;
	mp->pgrp = mp->sid = mp->pid;
	tell_vfs(mp, VFS_PM_SETSID, &m);
	return SUSPEND;
}

int
do_pm_setpgid(struct mproc *mp, const struct pm_setpgid_req *req,
    struct pm_setpgid_rep *rep)
{
	struct mproc *who = req->pid == 0 ? mp : proc_by_pid(req->pid);
	int32_t pgrp;

	(void)rep;
	if (req->pgrp < 0)
		return -EINVAL;
	if (who == NULL || who->flags & EXITING ||
	    (who != mp && who->parent != proc_slot(mp)))
		return -ESRCH;
	if (who->sid != mp->sid || who->sid == who->pid)
		return -EPERM;
	pgrp = req->pgrp == 0 ? who->pid : req->pgrp;
	if (pgrp != who->pid && !group_exists(pgrp, who->sid))
		return -EPERM;
	who->pgrp = pgrp;
	return OK;
}

int
do_pm_getepinfo(struct mproc *mp, const struct pm_getepinfo_req *req,
    struct pm_getepinfo_rep *rep)
{
	const struct mproc *who = proc_by_ep(req->ep);

	(void)mp;
	if (who == NULL)
		return -ESRCH;
	rep->pid = who->pid;
	rep->uid = who->uid;
	rep->euid = who->euid;
	rep->gid = who->gid;
	rep->egid = who->egid;
	rep->pgrp = who->pgrp;
	rep->sid = who->sid;
	return OK;
}

int
do_pm_proc_lookup(struct mproc *mp, const struct pm_proc_lookup_req *req,
    struct pm_proc_lookup_rep *rep)
{
	const struct mproc *who = proc_by_pid(req->pid);

	(void)mp;
	if (who == NULL || who->flags & EXITING)
		return -ESRCH;
	rep->ep = who->ep;
	return OK;
}
