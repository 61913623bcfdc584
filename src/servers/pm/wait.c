/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A parent's wait for its children. It is told of what happens to them while it
 * waits, or learns it when it asks; a child that has ended and that nobody has
 * asked about is a zombie.
 */

#include "servers/pm/wait.h"

#include <abi/errno.h>

#include "servers/pm/proc.h"
#include "servers/pm/signal.h"
#include "servers/pm/table.h"
#include "servers/pm/trace.h"

/* In the status of wait. */
#define CORE_FLAG        0200 /* a core file was written */
#define STOPPED_STATUS   0177
#define CONTINUED_STATUS 0xffff

/* What of a child a wait with these options would tell: a flag, or 0. */
static uint32_t
news(const struct mproc *child, int32_t options)
{
	if (child->flags & ZOMBIE)
		return options & PM_WNOEXIT ? 0 : ZOMBIE;
	if (child->flags & STOP_NEWS && options & PM_WUNTRACED)
		return STOP_NEWS;
	if (child->flags & CONT_NEWS && options & PM_WCONTINUED)
		return CONT_NEWS;
	return 0;
}

int
wait_status(const struct mproc *child)
{
	int status = (child->exit_status & 0xff) << 8;

	status |= child->exit_signal & 0x7f;
	if (child->flags & DUMPED)
		status |= CORE_FLAG;
	return status;
}

static int
status_of(const struct mproc *child, uint32_t what)
{
	if (what == STOP_NEWS)
		return child->stop_signal << 8 | STOPPED_STATUS;
	return what == CONT_NEWS ? CONTINUED_STATUS : wait_status(child);
}

/* The parent takes its child's end: its times are the parent's now. */
static void
collect(struct mproc *parent, struct mproc *child)
{
	child->flags &= ~(uint32_t)ZOMBIE;
	child->flags |= TOLD_PARENT;
	parent->child_user += child->child_user;
	parent->child_system += child->child_system;
	if (!(child->flags & VFS_CALL))
		proc_free(child);
}

/* Tell a parent of its child, unless there is nothing that options ask for.
 * What has been told is no news any more. */
static bool
tell(struct mproc *parent, struct mproc *child, int32_t options,
    struct pm_wait_rep *rep)
{
	uint32_t what = news(child, options);

	if (what == 0)
		return false;
	rep->pid = child->pid;
	rep->status = status_of(child, what);
	rep->uid = child->uid;
	rep->user = child->child_user;
	rep->system = child->child_system;
	if (options & PM_WNOWAIT)
		return true;
	if (what == ZOMBIE)
		collect(parent, child);
	else
		child->flags &= ~what;
	return true;
}

bool
wait_test(const struct mproc *mp, const struct mproc *child)
{
	if (!(mp->flags & WAITING))
		return false;
	return mp->wait_pid == -1 || mp->wait_pid == child->pid ||
	    mp->wait_pid == -child->pgrp;
}

/* What SIGCHLD tells of a child of which there are news. */
static struct sig_note
note_of(const struct mproc *child)
{
	struct sig_note note = { CLD_EXITED, (uint8_t)child->exit_status,
		(int16_t)child->pid, child->uid };

	if (!(child->flags & ZOMBIE)) {
		const bool stopped = (child->flags & STOP_NEWS) != 0;

		note.code = stopped ? CLD_STOPPED : CLD_CONTINUED;
		note.status = stopped ? (uint8_t)child->stop_signal : SIGCONT;
	} else if (child->exit_signal != 0) {
		note.code = child->flags & DUMPED ? CLD_DUMPED : CLD_KILLED;
		note.status = (uint8_t)child->exit_signal;
	}
	return note;
}

/* There are news of a child: if its parent waits, that ends. */
static void
wake(struct mproc *parent, struct mproc *child)
{
	struct pm_wait_rep rep;

	if (!wait_test(parent, child) ||
	    !tell(parent, child, parent->wait_options, &rep))
		return;
	parent->flags &= ~(uint32_t)WAITING;
	proc_reply(parent, OK, &rep, sizeof rep);
}

/* End a parent's wait as how does, and send SIGCHLD. A parent that is traced
 * shows that before it goes on; no other's wait must be interrupted by it. */
static void
inform(struct mproc *parent, struct mproc *child,
    void (*how)(struct mproc *parent, struct mproc *child), bool signal)
{
	const bool first = trace_is_traced(parent);
	const struct sig_note note = note_of(child);

	if (signal && first)
		sig_raise_noted(parent, SIGCHLD, note);
	how(parent, child);
	if (signal && !first)
		sig_raise_noted(parent, SIGCHLD, note);
}

void
wait_news(struct mproc *child)
{
	struct mproc *parent = &mproc[child->parent];

	if (parent->flags & EXITING)
		return;
	inform(parent, child, wake,
	    !(parent->action[SIGCHLD].flags & PM_SA_NOCLDSTOP));
}

/* Has a process said that it will not wait for its children? */
static bool
leaves_children(const struct mproc *mp)
{
	return mp->ignored & KSIG_BIT(SIGCHLD) ||
	    mp->action[SIGCHLD].flags & PM_SA_NOCLDWAIT;
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

/* Is it somebody else's child whose tracer a process is? */
static bool
is_other(const struct mproc *mp, const struct mproc *child)
{
	return tracer_is(mp, child) && child->parent != proc_slot(mp);
}

/* Is there anybody left that a wait for pid could be about? */
static bool
has_child(const struct mproc *mp, int32_t pid)
{
	const struct mproc *child;

	FOR_EACH_PROC(child)
	{
		if (wait_matches(mp, child, pid) &&
		    (is_child(mp, child) || is_other(mp, child)))
			return true;
	}
	return false;
}

/* A child ends that its parent does not want to hear of. The last one's end
 * is also the end of a wait. */
static void
forget(struct mproc *parent, struct mproc *child)
{
	child->flags &= ~(uint32_t)ZOMBIE;
	child->flags |= TOLD_PARENT;
	if (!(child->flags & VFS_CALL))
		proc_free(child);
	if (!(parent->flags & WAITING) || has_child(parent, parent->wait_pid))
		return;
	parent->flags &= ~(uint32_t)WAITING;
	proc_reply(parent, -ECHILD, NULL, 0);
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
	inform(parent, child, leaves_children(parent) ? forget : wake, true);
}

int
do_pm_wait(struct mproc *mp, const struct pm_wait_req *req,
    struct pm_wait_rep *rep)
{
	struct mproc *child;
	enum trace_news traced;
	bool any = false;

	if (req->options & ~PM_WOPTIONS)
		return -EINVAL;
	FOR_EACH_PROC(child)
	{
		if (!wait_matches(mp, child, req->pid))
			continue;
		traced = trace_wait(mp, child, rep);
		if (traced == TRACE_NEWS)
			return OK;
		any |= traced == TRACE_NO_NEWS || is_child(mp, child);
		if (is_child(mp, child) && tell(mp, child, req->options, rep))
			return OK;
	}
	if (!any)
		return -ECHILD;
	if (req->options & PM_WNOHANG) {
		rep->pid = 0;
		return OK;
	}
	mp->flags |= WAITING;
	mp->wait_pid = req->pid == 0 ? -mp->pgrp : req->pid;
	mp->wait_options = req->options;
	return SUSPEND;
}
