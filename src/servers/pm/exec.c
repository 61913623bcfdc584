/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A new program in an old process. VFS does the work (it reads files); PM
 * keeps the caller waiting and changes what is its own when VFS answers.
 */
#include "servers/pm/exec.h"

#include <abi/errno.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/pm/exit.h"
#include "servers/pm/ids.h"
#include "servers/pm/proc.h"
#include "servers/pm/table.h"
#include "servers/pm/trace.h"
#include "servers/pm/vfs.h"

int
do_pm_exec(struct mproc *mp, const struct pm_exec_req *req,
    struct pm_exec_rep *rep)
{
	struct vfs_pm_req m = { 0 };

	(void)rep;
	if (req->path_len == 0 || req->path_len > PATH_MAX)
		return -ENAMETOOLONG;
	if (req->frame_len > ARG_MAX)
		return -E2BIG;
	m.u.exec.path = req->path;
	m.u.exec.path_len = req->path_len;
	m.u.exec.frame = req->frame;
	m.u.exec.frame_len = req->frame_len;
	m.u.exec.traced = trace_is_traced(mp);
	tell_vfs(mp, VFS_PM_EXEC, &m);
	return SUSPEND;
}

/* Handlers and their stack are gone with the old image; ignored and blocked
 * signals stay. */
static void
signals_reset(struct mproc *mp)
{
	int sig;

	for (sig = 1; sig < _NSIG; sig++) {
		if (mp->caught & KSIG_BIT(sig))
			mp->action[sig] = (struct sig_action){ 0 };
	}
	mp->caught = 0;
	mp->alt_size = 0;
}

void
exec_restart(struct mproc *mp, const struct vfs_pm_rep *rep)
{
	int r;

	if (rep->status != OK && !rep->u.exec.replaced) {
		proc_reply(mp, rep->status, NULL, 0);
		return;
	}
	if (rep->status != OK) {
		exit_proc(mp, 0, SIGKILL, false); /* it has no image any more */
		return;
	}

	euid_set(mp, rep->u.exec.euid);
	mp->egid = rep->u.exec.egid;
	memcpy(mp->name, rep->u.exec.name, sizeof mp->name);
	mp->name[sizeof mp->name - 1] = '\0';
	mp->flags &= ~(uint32_t)GUARDED;
	if (rep->u.exec.guarded)
		mp->flags |= GUARDED;
	signals_reset(mp);
	trace_exec(mp);

	/* There is no reply: the kernel starts the new image instead. */
	r = sys_exec(mp->ep, rep->u.exec.pc, rep->u.exec.sp, mp->name);
	if (r != OK)
		exit_proc(mp, 0, SIGKILL, false);
}

int
service_exec(const struct pm_rs_req *req)
{
	struct mproc *srv = proc_by_ep(req->ep);

	if (srv == NULL || !(srv->flags & PRIV_PROC) || srv->flags & EXITING)
		return -ESRCH;
	memcpy(srv->name, req->u.exec.name, sizeof srv->name);
	srv->name[sizeof srv->name - 1] = '\0';
	signals_reset(srv);
	return sys_exec(srv->ep, req->u.exec.pc, req->u.exec.sp, srv->name);
}
