/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM's end of the PM/VFS protocol. PM pushes requests and never waits; the
 * flag VFS_CALL of a process says that one is on its way. What must survive
 * until the answer is in the process's slot and nowhere else.
 */
#include "servers/pm/vfs.h"

#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/asynsend.h>
#include <lacuna/ipc.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <proto/pm.h>

#include "servers/pm/exec.h"
#include "servers/pm/exit.h"
#include "servers/pm/fork.h"
#include "servers/pm/proc.h"
#include "servers/pm/signal.h"

void
tell_vfs(struct mproc *mp, int nr, struct vfs_pm_req *req)
{
	struct message m;
	int r;

	assert(!(mp->flags & VFS_CALL));
	memset(&m, 0, sizeof m);
	m.m_type = nr;
	req->ep = mp->ep;
	memcpy(m.m_body, req, sizeof *req);
	/* VFS itself makes calls: this must not pass for their answer. */
	r = asynsend3(VFS_PROC_NR, &m, AMF_NOREPLY);
	if (r != OK)
		panic("pm: cannot reach vfs: %d", r);
	mp->flags |= VFS_CALL;
	mp->flags &= ~(uint32_t)UNPAUSED;
	mp->request = nr;
	proc_check(mp);
}

/* The process the answer is about goes on with what it asked for. */
static void
answer_process(struct mproc *mp, int nr, const struct vfs_pm_rep *rep)
{
	struct pm_setsid_rep sid = { mp->sid };

	switch (nr) {
	case VFS_PM_SETUID:
	case VFS_PM_SETGID:
	case VFS_PM_SETLIMITS:
	case VFS_PM_SETGROUPS:
		proc_reply(mp, OK, NULL, 0);
		break;
	case VFS_PM_SETSID:
		proc_reply(mp, OK, &sid, sizeof sid);
		break;
	case VFS_PM_FORK:
	case VFS_PM_SRV_FORK:
		fork_restart(mp, rep->status);
		break;
	case VFS_PM_EXEC:
		exec_restart(mp, rep);
		break;
	case VFS_PM_UNPAUSE:
		if (!(mp->flags & PROC_STOPPED))
			break;
		mp->flags |= UNPAUSED;
		mp->call = rep->u.unpause.call;
		break;
	case VFS_PM_EXIT:
	case VFS_PM_DUMPCORE:
		exit_restart(mp, nr == VFS_PM_DUMPCORE && rep->u.core.dumped);
		break;
	default:
		break;
	}
}

void
vfs_answer(const struct message *m)
{
	int nr = m->m_type - VFS_PM_REPLY_BASE + VFS_PM_BASE;
	struct vfs_pm_rep rep;
	struct mproc *mp;

	memcpy(&rep, m->m_body, sizeof rep);
	mp = proc_by_ep(rep.ep);
	if (mp == NULL || !(mp->flags & VFS_CALL) || mp->request != nr) {
		printf("pm: vfs answers %d for %d, which nobody asked\n", nr,
		    rep.ep);
		return;
	}
	mp->flags &= ~(uint32_t)VFS_CALL;
	answer_process(mp, nr, &rep);
	if (mp->flags & IN_USE)
		restart_sigs(mp);
}

int
vfs_announce(void)
{
	struct vfs_pm_req req;
	struct message m;
	struct mproc *mp;
	int r;

	memset(&m, 0, sizeof m);
	FOR_EACH_PROC(mp)
	{
		memset(&req, 0, sizeof req);
		req.ep = mp->ep;
		req.u.fork.pid = mp->pid;
		req.u.fork.parent = NONE;
		m.m_type = VFS_PM_INIT;
		memcpy(m.m_body, &req, sizeof req);
		r = ipc_send(VFS_PROC_NR, &m);
		if (r != OK)
			return r;
	}
	req.ep = NONE;
	m.m_type = VFS_PM_INIT;
	memcpy(m.m_body, &req, sizeof req);
	r = ipc_sendrec(VFS_PROC_NR, &m);
	return r != OK ? r : m.m_type;
}
