/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Death of a process. A slot is free again only when two things have happened,
 * in any order: VFS has forgotten the process, and the parent has collected
 * it.
 */
#include "servers/pm/exit.h"

#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "servers/pm/proc.h"
#include "servers/pm/shutdown.h"
#include "servers/pm/signal.h"
#include "servers/pm/stop.h"
#include "servers/pm/table.h"
#include "servers/pm/timer.h"
#include "servers/pm/trace.h"
#include "servers/pm/vfs.h"
#include "servers/pm/wait.h"

/* Flags that outlive the beginning of an exit. */
#define EXIT_KEEP                                                              \
	(IN_USE | VFS_CALL | PRIV_PROC | TOLD_PARENT | PROC_STOPPED |          \
	    TRACE_EXIT)

/* Whom a death may concern: most processes leave none of these, and one pass
 * over the table tells. */
struct survivors {
	bool traced;   /* the dead process is their tracer */
	bool children; /* it is their parent */
	bool stopped;  /* they may be in a group that is orphaned now */
};

static struct survivors
survivors_of(const struct mproc *dead)
{
	struct survivors s = { false, false, false };
	const struct mproc *mp;
	int slot = proc_slot(dead);

	FOR_EACH_PROC(mp)
	{
		s.traced |= tracer_is(dead, mp);
		s.children |= mp->parent == slot;
		s.stopped |= (mp->flags & STOPPED) != 0;
	}
	return s;
}

/* The children of a dead process become init's. */
static void
disown_children(const struct mproc *dead)
{
	struct mproc *mp;
	int init = endpoint_slot(INIT_PROC_NR);

	FOR_EACH_PROC(mp)
	{
		if (mp->parent != proc_slot(dead) || mp == dead)
			continue;
		mp->parent = init;
		if (mp->flags & VFS_CALL && mp->request == VFS_PM_FORK)
			mp->flags |= NEW_PARENT;
		if (mp->flags & ZOMBIE) {
			mp->flags &= ~(uint32_t)ZOMBIE;
			zombify(mp);
		}
	}
}

/* When a session leader dies its group hangs up. */
static void
hang_up(const struct mproc *leader)
{
	struct mproc *mp;

	if (leader->sid != leader->pid)
		return;
	FOR_EACH_PROC(mp)
	{
		if (mp->pgrp == leader->pid && !(mp->flags & EXITING) &&
		    mp != leader)
			sig_raise(mp, SIGHUP, false);
	}
}

/* Those that a dead process leaves behind lose what it was to them. */
static void
bereave_survivors(const struct mproc *dead)
{
	struct survivors s = survivors_of(dead);

	if (s.traced)
		trace_tracer_died(dead);
	if (s.stopped)
		stop_orphaned(dead);
	if (s.children)
		disown_children(dead);
	hang_up(dead);
}

/* What the kernel counted is the process's share of its parent's times. */
static void
account(struct mproc *mp)
{
	struct sys_times_rep t;

	if (sys_times(mp->ep, &t) != OK)
		return;
	mp->child_user += t.user;
	mp->child_system += t.system;
}

static int
vm_simple(int call, endpoint_t ep)
{
	struct vm_exit_req req = { ep };

	return msg_call(VM_PROC_NR, call, &req, sizeof req, NULL, 0);
}

/* First a tracer hears of a death, then the parent. */
static void
tell(struct mproc *mp)
{
	if (!trace_death(mp))
		zombify(mp);
}

/* May there be a core file of a process? */
static bool
may_dump(const struct mproc *mp)
{
	if (mp->flags & PRIV_PROC)
		return false; /* VFS may be blocked on this very driver */
	return !(mp->flags & GUARDED) && mp->uid == mp->euid &&
	    mp->gid == mp->egid && mp->limit[PM_LIMIT_CORE].cur != 0;
}

/* Have VFS close everything, after it has written a core file. */
static void
leave_files(struct mproc *mp, int sig, bool dump)
{
	struct vfs_pm_req m = { 0 };

	m.u.core.sig = sig;
	m.u.core.ppid = mproc[mp->parent].pid;
	m.u.core.pgrp = mp->pgrp;
	m.u.core.sid = mp->sid;
	m.u.core.limit = mp->limit[PM_LIMIT_CORE].cur;
	tell_vfs(mp, dump ? VFS_PM_DUMPCORE : VFS_PM_EXIT, &m);
}

void
exit_proc(struct mproc *mp, int status, int sig, bool dump)
{
	assert(!(mp->flags & (EXITING | VFS_CALL)));
	if (mp->pid == INIT_PID)
		panic("pm: init died, status %d, signal %d", status, sig);
	dump = dump && may_dump(mp);
	timers_cancel(mp);
	account(mp);
	proc_stop(mp);                        /* an exit is never delayed */
	(void)vm_simple(VM_WILLEXIT, mp->ep); /* advice only */
	leave_files(mp, sig, dump);
	if (mp->flags & PRIV_PROC) {
		(void)sys_clear(mp->ep);  /* unblocks whoever waits for it */
		mp->flags |= TOLD_PARENT; /* RS knows: it ordered this */
	}

	mp->flags = (mp->flags & EXIT_KEEP) | EXITING;
	mp->pending = mp->kernel_pending = 0;
	mp->exit_status = status;
	mp->exit_signal = sig;
	proc_check(mp);
	if (!dump)
		tell(mp);
	bereave_survivors(mp);
}

void
exit_restart(struct mproc *mp, bool dumped)
{
	bool late = mp->request == VFS_PM_DUMPCORE;
	int r = OK;

	if (!(mp->flags & PRIV_PROC))
		r = sys_clear(mp->ep);
	if (r == OK)
		r = vm_simple(VM_EXIT, mp->ep);
	if (r != OK)
		printf("pm: pid %d leaves something behind: %d\n", mp->pid, r);

	if (dumped)
		mp->flags |= DUMPED;
	trace_exit_done(mp);
	if (late)
		tell(mp);
	else if ((mp->flags & (TOLD_PARENT | TRACE_ZOMBIE)) == TOLD_PARENT)
		proc_free(mp);
	shutdown_check();
}

int
do_pm_exit(struct mproc *mp, const struct pm_exit_req *req,
    struct pm_exit_rep *rep)
{
	(void)rep;
	if (mp->flags & PRIV_PROC)
		return -EPERM; /* RS would not know: services tell it, not us */
	exit_proc(mp, req->status, 0, false);
	return SUSPEND;
}

int
service_kill(endpoint_t ep)
{
	struct mproc *srv = proc_by_ep(ep);

	if (srv == NULL || !(srv->flags & PRIV_PROC))
		return -ESRCH;
	if (srv->flags & EXITING)
		return OK;
	if (srv->flags & VFS_CALL)
		srv->pending |= KSIG_BIT(SIGKILL); /* when VFS answers */
	else
		exit_proc(srv, 0, SIGKILL, false);
	return OK;
}
