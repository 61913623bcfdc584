/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The time of day, and the times processes have used. */
#include <abi/errno.h>
#include <lacuna/syslib.h>

#include "servers/pm/proc.h"
#include "servers/pm/table.h"

int
do_pm_times(struct mproc *mp, const struct pm_times_req *req,
    struct pm_times_rep *rep)
{
	struct sys_times_rep t;
	int r = sys_times(mp->ep, &t);

	(void)req;
	if (r != OK)
		return r;
	rep->user = t.user;
	rep->system = t.system;
	rep->child_user = mp->child_user;
	rep->child_system = mp->child_system;
	rep->uptime = t.uptime;
	rep->hz = t.hz;
	return OK;
}

int
do_pm_gettime(struct mproc *mp, const struct pm_gettime_req *req,
    struct pm_gettime_rep *rep)
{
	struct sys_times_rep t;
	int r = sys_times(NONE, &t);

	(void)mp, (void)req;
	if (r != OK)
		return r;
	rep->seconds = t.boot_time + t.uptime / t.hz;
	rep->nanoseconds = t.uptime % t.hz * (1000000000u / t.hz);
	rep->uptime_ms = (uint32_t)((uint64_t)t.uptime * 1000 / t.hz);
	return OK;
}

int
do_pm_settime(struct mproc *mp, const struct pm_settime_req *req,
    struct pm_settime_rep *rep)
{
	struct sys_times_rep t;
	int r;

	(void)rep;
	if (mp->euid != 0)
		return -EPERM;
	r = sys_times(NONE, &t);
	return r != OK ? r : sys_settime(req->seconds - t.uptime / t.hz);
}
