/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM's end of the RS/PM protocol. RS does not wait for the answers, so they
 * go to it as messages of their own; but for a fork, which VFS must record
 * first, each is sent at once.
 */

#include "servers/pm/rs.h"

#include <abi/errno.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>

#include "servers/pm/exec.h"
#include "servers/pm/exit.h"
#include "servers/pm/fork.h"
#include "servers/pm/proc.h"

static void
rs_reply(int request, const struct pm_rs_rep *rep)
{
	struct message m;
	int r;

	memset(&m, 0, sizeof m);
	m.m_type = PM_RS_REPLY(request);
	memcpy(m.m_body, rep, sizeof *rep);
	r = asynsend3(RS_PROC_NR, &m, AMF_NOREPLY);
	if (r != OK)
		panic("cannot answer rs: %d", r);
}

void
rs_forked(const struct mproc *child, int status)
{
	const struct pm_rs_rep rep = { .tag = child->rs_tag,
		.status = status,
		.ep = child->ep,
		.pid = child->pid };

	rs_reply(PM_RS_FORK, &rep);
}

/* Who is behind an endpoint? */
static int
identify(struct pm_rs_rep *rep)
{
	const struct mproc *mp = proc_by_ep(rep->ep);

	if (mp == NULL || mp->flags & EXITING)
		return -ESRCH;
	rep->pid = mp->pid;
	rep->euid = mp->euid;
	return OK;
}

void
rs_request(const struct message *m)
{
	struct pm_rs_req req;
	struct pm_rs_rep rep = { .pid = -1 };

	memcpy(&req, m->m_body, sizeof req);
	rep.tag = req.tag;
	rep.ep = req.ep;
	switch (m->m_type) {
	case PM_RS_FORK:
		rep.status = service_fork(&req);
		if (rep.status == OK)
			return; /* VFS is to record it */
		break;
	case PM_RS_EXEC:
		rep.status = service_exec(&req);
		break;
	case PM_RS_KILL:
		rep.status = service_kill(req.ep);
		break;
	default:
		rep.status = identify(&rep);
		break;
	}
	rs_reply(m->m_type, &rep);
}
