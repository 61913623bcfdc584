/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is taken of VFS's tables.
 */
#include "servers/vfs/calls.h"
#include "servers/vfs/worker.h"

static void
processes_count(struct vfs_usage_rep *rep)
{
	const struct fproc *p;
	int fd;

	for (p = fproc; p < fproc + NR_PROCS; p++) {
		if (!(p->flags & FP_IN_USE))
			continue;
		rep->processes++;
		for (fd = 0; fd < OPEN_MAX; fd++)
			rep->descriptors += p->filp[fd] != NULL;
	}
}

int
do_vfs_usage(struct fproc *fp, const struct vfs_usage_req *req,
    struct vfs_usage_rep *rep)
{
	const struct worker *w;
	int i;

	(void)fp, (void)req;
	processes_count(rep);
	rep->files = filp_count();
	rep->vnodes = (uint32_t)vnode_count(NULL);
	rep->locks = flock_count();
	for (i = 0; i < NR_MOUNTS; i++)
		rep->mounts += mounts[i].used;
	FOR_EACH_BUSY(w)
	rep->workers++;
	return OK;
}
