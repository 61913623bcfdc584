/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A parent's wait for its children. It is told of a child's end, or collects
 * it when it asks; a child without a parent that asks is a zombie.
 */

#include "servers/pm/wait.h"

#include <abi/errno.h>

#include "servers/pm/proc.h"
#include "servers/pm/signal.h"
#include "servers/pm/table.h"
#include "servers/pm/trace.h"

#define CORE_FLAG 0200 /* in the wait status: a core file was written */

int
wait_status(const struct mproc *child)
{
	int status = (child->exit_status & 0xff) << 8;

	status |= child->exit_signal & 0x7f;
	if (child->flags & DUMPED)
		status |= CORE_FLAG;
	return status;
}

/* The parent takes its child's end: its times are the parent's now. */
static void
collect(struct mproc *parent, struct mproc *child)
{
	struct pm_wait_rep rep = { child->pid, wait_status(child) };

	child->flags &= ~(uint32_t)ZOMBIE;
	child->flags |= TOLD_PARENT;
	parent->flags &= ~(uint32_t)WAITING;
	parent->child_user += child->child_user;
	parent->child_system += child->child_system;
	proc_reply(parent, OK, &rep, sizeof rep);
	if (!(child->flags & VFS_CALL))
		proc_free(child);
}

bool
wait_test(const struct mproc *mp, const struct mproc *child)
{
	if (!(mp->flags & WAITING))
		return false;
	return mp->wait_pid == -1 || mp->wait_pid == child->pid ||
	    mp->wait_pid == -child->pgrp;
}

void
zombify(struct mproc *child)
{
	struct mproc *parent = &mproc[child->parent];

	if (child->flags & TOLD_PARENT) {
		if (!(child->flags & VFS_CALL))
			proc_free(child);
		return;
	}
	child->flags |= ZOMBIE;
	if (parent->flags & EXITING)
		return; /* init will get it */
	if (wait_test(parent, child))
		collect(parent, child);
	else
		sig_raise(parent, SIGCHLD, false);
}

/* Is a process one that a wait for pid is about? */
static bool
wait_matches(const struct mproc *mp, const struct mproc *child, int32_t pid)
{
	if (pid == -1 || pid == child->pid)
		return true;
	return pid == 0 ? child->pgrp == mp->pgrp : child->pgrp == -pid;
}

/* Is a process a child that its parent can collect, now or later? */
static bool
is_child(const struct mproc *mp, const struct mproc *child)
{
	return child->parent == proc_slot(mp) && child != mp &&
	    !(child->flags & (TOLD_PARENT | PRIV_PROC));
}

int
do_pm_wait(struct mproc *mp, const struct pm_wait_req *req,
    struct pm_wait_rep *rep)
{
	struct mproc *child;
	enum trace_news news;
	bool any = false;

	FOR_EACH_PROC(child)
	{
		if (!wait_matches(mp, child, req->pid))
			continue;
		news = trace_wait(mp, child, rep);
		if (news == TRACE_NEWS)
			return OK;
		any |= news == TRACE_NO_NEWS || is_child(mp, child);
		if (is_child(mp, child) && child->flags & ZOMBIE) {
			collect(mp, child);
			return SUSPEND; /* it has its answer */
		}
	}
	if (!any)
		return -ECHILD;
	if (req->options & PM_WNOHANG) {
		rep->pid = 0;
		return OK;
	}
	mp->flags |= WAITING;
	mp->wait_pid = req->pid == 0 ? -mp->pgrp : req->pid;
	return SUSPEND;
}
