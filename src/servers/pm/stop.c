/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Stop and continue. The kernel stops a process that has a message in transit
 * only when that has arrived, as for a handler; it does not run meanwhile. Nor
 * may it take what comes meanwhile: the line that is typed after ^Z is for the
 * shell. So it is brought out of a call to VFS, which it makes again when it
 * goes on. What it waits for in PM, its children and signals, is its own.
 */
#include "servers/pm/stop.h"

#include <abi/errno.h>
#include <lacuna/syslib.h>

#include "servers/pm/signal.h"
#include "servers/pm/wait.h"

void
stop_hold(struct mproc *mp)
{
	mp->flags |= STOPPED;
	if (!(mp->flags & VFS_CALL))
		(void)sig_unpause(mp);
	else if (!(mp->flags & DELAY_CALL))
		proc_stop(mp);
	proc_check(mp);
}

/* Do a process and its parent keep the process's group from being orphaned?
 * The parent may be any of the session that is in another group. */
static bool
is_link(const struct mproc *mp)
{
	const struct mproc *parent = &mproc[mp->parent];

	return !(parent->flags & EXITING) && parent->pgrp != mp->pgrp &&
	    parent->sid == mp->sid;
}

bool
stop_is_orphaned(int32_t pgrp)
{
	const struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (mp->pgrp == pgrp && !(mp->flags & EXITING) && is_link(mp))
			return false;
	}
	return true;
}

void
stop_by_signal(struct mproc *mp, int sig)
{
	if (sig != SIGSTOP && stop_is_orphaned(mp->pgrp))
		return;
	mp->stop_signal = sig;
	mp->flags |= STOP_NEWS;
	mp->flags &= ~(uint32_t)CONT_NEWS;
	stop_hold(mp);
	wait_news(mp);
}

bool
stop_or_continue(struct mproc *mp, int sig)
{
	ksigset_t forget = 0;

	if (sig == SIGCONT)
		forget = STOP_SIGNALS;
	else if (STOP_SIGNALS & KSIG_BIT(sig))
		forget = KSIG_BIT(SIGCONT);
	mp->pending &= ~forget;
	if (sig != SIGCONT || !(mp->flags & STOPPED) || mp->pid == INIT_PID)
		return false;
	mp->flags &= ~(uint32_t)(STOPPED | STOP_NEWS);
	mp->flags |= CONT_NEWS;
	wait_news(mp);
	return true;
}

static bool
has_stopped(int32_t pgrp)
{
	const struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (mp->pgrp == pgrp && mp->flags & STOPPED)
			return true;
	}
	return false;
}

/* Signal all of a group that are alive. */
static void
group_raise(int32_t pgrp, int sig)
{
	struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (mp->pgrp == pgrp && !(mp->flags & (EXITING | PRIV_PROC)))
			sig_raise(mp, sig, false);
	}
}

static void
group_check(int32_t pgrp)
{
	if (!has_stopped(pgrp) || !stop_is_orphaned(pgrp))
		return;
	group_raise(pgrp, SIGHUP);
	group_raise(pgrp, SIGCONT);
}

void
stop_orphaned(const struct mproc *dead)
{
	const struct mproc *mp;
	int32_t own = dead->pgrp, sid = dead->sid;

	if (is_link(dead))
		group_check(own);
	FOR_EACH_PROC(mp)
	{
		if (mp->parent == proc_slot(dead) && mp != dead &&
		    mp->pgrp != own && mp->sid == sid)
			group_check(mp->pgrp);
	}
}
