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
