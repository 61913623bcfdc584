/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the terminal driver asks about processes: it knows which group is in
 * the foreground, PM knows the groups, and what they do about signals. Both is
 * decided here in one step, so that nothing can change in between.
 */
#include <abi/errno.h>

#include "servers/pm/proc.h"
#include "servers/pm/sigcalls.h"
#include "servers/pm/stop.h"
#include "servers/pm/table.h"

/* Would a process not notice a signal? */
static bool
is_deaf(const struct mproc *mp, int sig)
{
	return ((mp->ignored | mp->mask) & KSIG_BIT(sig)) != 0;
}

int
do_pm_tty_access(struct mproc *mp, const struct pm_tty_access_req *req,
    struct pm_tty_access_rep *rep)
{
	const struct mproc *user = proc_by_ep(req->user);

	(void)rep;
	if (req->sig != SIGTTIN && req->sig != SIGTTOU)
		return -EINVAL;
	if (user == NULL || user->flags & EXITING)
		return -EIO;
	if (user->pgrp == req->pgrp)
		return OK;
	if (is_deaf(user, req->sig))
		return req->sig == SIGTTIN ? -EIO : OK;
	if (stop_is_orphaned(user->pgrp))
		return -EIO; /* nobody could bring it to the foreground */
	(void)sig_kill(mp, -user->pgrp, req->sig);
	return -ECALLAGAIN;
}

int
do_pm_tty_group(struct mproc *mp, const struct pm_tty_group_req *req,
    struct pm_tty_group_rep *rep)
{
	const struct mproc *user = proc_by_ep(req->user), *member;

	(void)mp, (void)rep;
	FOR_EACH_PROC(member)
	{
		if (user != NULL && member->pgrp == req->pgrp &&
		    member->sid == user->sid && !(member->flags & TOLD_PARENT))
			return OK;
	}
	return -EPERM;
}
