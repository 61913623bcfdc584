/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The groups of a process beside its own. PM has them as words, programs as
 * something shorter.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <grp.h>
#include <unistd.h>

#include <proto/pm.h>

static int
ask(struct pm_groups_req *req, struct pm_groups_rep *rep)
{
	return msg_call(PM_PROC_NR, PM_GROUPS, req, sizeof *req, rep,
	    sizeof *rep);
}

int
getgroups(int size, gid_t list[])
{
	uint32_t group[NGROUPS_MAX];
	struct pm_groups_req req = { 0, 0, (vir_bytes)group };
	struct pm_groups_rep rep;
	int r;

	if (size < 0)
		return errno_return(-EINVAL);
	req.n = size < NGROUPS_MAX ? (uint32_t)size : NGROUPS_MAX;
	r = ask(&req, &rep);
	if (r != OK)
		return errno_return(r);
	for (uint32_t i = 0; size > 0 && i < rep.n; i++)
		list[i] = (gid_t)group[i];
	return (int)rep.n;
}

int
setgroups(int n, const gid_t *list)
{
	uint32_t group[NGROUPS_MAX];
	struct pm_groups_req req = { 1, (uint32_t)n, (vir_bytes)group };
	struct pm_groups_rep rep;

	if (n < 0 || n > NGROUPS_MAX)
		return errno_return(-EINVAL);
	for (int i = 0; i < n; i++)
		group[i] = list[i];
	return errno_return(ask(&req, &rep));
}
