/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Limits. PM keeps them all and has the rule of who may change them; in force
 * they are where the thing is that they limit. VM hears of those on memory,
 * VFS of those on files; a child has its parent's limits there as here.
 */
#include "servers/pm/limit.h"

#include <abi/errno.h>
#include <abi/vmlayout.h>
#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "servers/pm/table.h"
#include "servers/pm/vfs.h"

/* The most that the system has for a process. */
static uint32_t
system_limit(int which)
{
	switch (which) {
	case PM_LIMIT_NOFILE:
		return OPEN_MAX;
	case PM_LIMIT_STACK:
		return USER_STACK_MAX;
	default:
		return PM_LIMIT_NONE;
	}
}

void
limits_init(struct mproc *mp)
{
	for (int i = 0; i < PM_LIMITS; i++)
		mp->limit[i].cur = mp->limit[i].max = system_limit(i);
	mp->limit[PM_LIMIT_CORE].cur = 0; /* core files when asked for */
}

bool
limit_reached_procs(const struct mproc *mp)
{
	const uint32_t limit = mp->limit[PM_LIMIT_NPROC].cur;
	const struct mproc *other;
	uint32_t n = 0;

	if (mp->euid == 0 || limit == PM_LIMIT_NONE)
		return false;
	FOR_EACH_PROC(other)
	{
		if (other->uid == mp->uid && !(other->flags & PRIV_PROC))
			n++;
	}
	return n >= limit;
}

/* May a process have a limit set so? */
static int
check(const struct mproc *mp, const struct pm_rlimit_req *req)
{
	const uint32_t max = req->limit.max;

	if (mp->flags & PRIV_PROC)
		return -EPERM; /* system.conf(5) says what services may use */
	if (req->limit.cur > max)
		return -EINVAL;
	if (req->which == PM_LIMIT_CPU && req->limit.cur != PM_LIMIT_NONE)
		return -EINVAL; /* nothing would come of it */
	if (max > system_limit(req->which))
		return -EPERM; /* it would mean nothing */
	if (max > mp->limit[req->which].max && mp->euid != 0)
		return -EPERM;
	return OK;
}

/* Whole pages in a number of bytes. */
static uint32_t
pages(uint32_t bytes)
{
	return bytes == PM_LIMIT_NONE ? VM_LIMIT_NONE : bytes / PAGE_SIZE;
}

static int
tell_vm(const struct mproc *mp)
{
	const struct vm_set_limits_req req = {
		.ep = mp->ep,
		.all = pages(mp->limit[PM_LIMIT_AS].cur),
		.data = pages(mp->limit[PM_LIMIT_DATA].cur),
		.stack = pages(mp->limit[PM_LIMIT_STACK].cur),
	};

	return msg_call(VM_PROC_NR, VM_SET_LIMITS, &req, sizeof req, NULL, 0);
}

/* VFS answers the process when it knows. */
static int
limits_tell_vfs(struct mproc *mp)
{
	struct vfs_pm_req m = { 0 };

	m.u.limits.files = mp->limit[PM_LIMIT_NOFILE].cur;
	m.u.limits.size = mp->limit[PM_LIMIT_FSIZE].cur;
	tell_vfs(mp, VFS_PM_SETLIMITS, &m);
	return SUSPEND;
}

int
do_pm_rlimit(struct mproc *mp, const struct pm_rlimit_req *req,
    struct pm_rlimit_rep *rep)
{
	int r;

	if (req->which < 0 || req->which >= PM_LIMITS)
		return -EINVAL;
	rep->limit = mp->limit[req->which];
	if (req->set == 0)
		return OK;
	r = check(mp, req);
	if (r != OK)
		return r;
	mp->limit[req->which] = req->limit;
	switch (req->which) {
	case PM_LIMIT_AS:
	case PM_LIMIT_DATA:
	case PM_LIMIT_STACK:
		return tell_vm(mp);
	case PM_LIMIT_FSIZE:
	case PM_LIMIT_NOFILE:
		return limits_tell_vfs(mp);
	default:
		return OK;
	}
}
