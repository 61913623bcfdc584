/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The state of VFS, for debugging: its tables, whom it waits for. */
#include "servers/vfs/dump.h"

#include <lacuna/printf.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/worker.h"

static const char *const waits[WAIT_KINDS] = {
	[WAIT_NOTHING] = "nothing",
	[WAIT_FS] = "a server",
	[WAIT_FS_TURN] = "its turn",
	[WAIT_DEV] = "a driver",
	[WAIT_LOCK] = "a node",
	[WAIT_ROOT] = "the root",
	[WAIT_SERVER] = "the root's server",
	[WAIT_PIPE] = "a pipe",
	[WAIT_SELECT] = "news",
	[WAIT_FLOCK] = "a lock",
};

static void
mounts_print(void)
{
	const struct mount *mnt;

	for (mnt = mounts; mnt < mounts + NR_MOUNTS; mnt++)
		if (mnt->used)
			printf("vfs: device %#x: %s (%d)%s%s, %d nodes\n",
			    mnt->dev, mnt->label, mnt->fs.ep,
			    mnt->readonly ? ", read only" : "",
			    mnt->lost ? ", lost" : "", vnode_count(mnt));
}

void
vfs_dump(void)
{
	struct vfs_usage_rep n = { 0 };
	const struct worker *w;

	(void)do_vfs_usage(NULL, NULL, &n); /* cannot fail */
	printf("vfs: %u processes, %u descriptors, %u files, %u nodes, "
	       "%u locks\n",
	    n.processes, n.descriptors, n.files, n.vnodes, n.locks);
	mounts_print();
	FOR_EACH_BUSY(w)
	{
		printf("vfs: pid %d, request %#x, waits for %s\n",
		    w->fp != NULL ? w->fp->pid : 0, (uint32_t)w->in.m_type,
		    waits[w->wait]);
	}
}
