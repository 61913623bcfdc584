/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Priorities: a process's niceness, and the queue of the kernel's scheduler
 * that follows from it.
 */

#include "servers/pm/priority.h"

#include <abi/errno.h>
#include <lacuna/syslib.h>

#include "servers/pm/proc.h"
#include "servers/pm/table.h"

#define NICE_RANGE  (PM_PRIO_MAX - PM_PRIO_MIN + 1)
#define USER_QUEUES 15 /* 0 .. 14: the last queue is for nobody but idle */

int
sched_nice(struct mproc *mp, int nice)
{
	int r;

	if (nice < PM_PRIO_MIN || nice > PM_PRIO_MAX)
		return -EINVAL;
	r = sys_schedule(mp->ep,
	    (nice - PM_PRIO_MIN) * USER_QUEUES / NICE_RANGE, -1);
	if (r == OK)
		mp->nice = nice;
	return r;
}

/* Whom a priority call is about: 0 is the caller. */
static struct mproc *
priority_target(struct mproc *mp, int32_t pid)
{
	struct mproc *who = pid == 0 ? mp : proc_by_pid(pid);

	return who != NULL && !(who->flags & EXITING) ? who : NULL;
}

int
do_pm_getpriority(struct mproc *mp, const struct pm_getpriority_req *req,
    struct pm_getpriority_rep *rep)
{
	const struct mproc *who = priority_target(mp, req->pid);

	if (who == NULL)
		return -ESRCH;
	rep->nice = who->nice;
	return OK;
}

int
do_pm_setpriority(struct mproc *mp, const struct pm_setpriority_req *req,
    struct pm_setpriority_rep *rep)
{
	struct mproc *who = priority_target(mp, req->pid);

	(void)rep;
	if (who == NULL)
		return -ESRCH;
	if (mp->euid != 0 && mp->euid != who->euid && mp->euid != who->uid)
		return -EPERM;
	if (mp->euid != 0 && req->nice < who->nice)
		return -EACCES;
	return sched_nice(who, req->nice);
}
