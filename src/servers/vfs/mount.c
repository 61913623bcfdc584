/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Mounted file systems. The root is mounted by a worker of VFS's own as soon
 * as the system runs; requests that come earlier wait for it.
 */
#include <abi/dev.h>
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/vfs/dev.h"
#include "servers/vfs/dmap.h"
#include "servers/vfs/fproc.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/worker.h"

struct mount mounts[NR_MOUNTS];
struct mount pipe_mount = {
	.used = true,
	.fs = { .ep = NONE }, /* the device map says where it runs */
	.dev = dev_make(PIPE_MAJOR, 0),
};

static int root_status = 1; /* 1: not yet known */

static struct mount *
mount_alloc(uint32_t dev)
{
	struct mount *mnt, *found = NULL;

	for (mnt = mounts; mnt < mounts + NR_MOUNTS; mnt++) {
		if (mnt->used && mnt->dev == dev)
			return NULL;
		/* Of one that is lost somebody still waits for the server. */
		if (!mnt->used && !mnt->lost && found == NULL)
			found = mnt;
	}
	return found;
}

int
mount_fs(const char *label, endpoint_t fs, uint32_t dev, bool readonly,
    struct vnode *on, struct vnode *special)
{
	struct fs_mount_req req = { .dev = dev, .readonly = readonly };
	struct fs_mount_rep rep;
	struct mount *mnt;
	char none = 0;
	int r = dmap_wait(dev);

	if (r != OK)
		return r;
	req.driver = dev_driver(dev);
	mnt = mount_alloc(dev);
	if (mnt == NULL || (on != NULL && on->mounted != NULL))
		return -EBUSY;
	if (req.driver == NONE)
		return -ENXIO;
	memset(mnt, 0, sizeof *mnt);
	mnt->used = mnt->apart = true;
	strlcpy(mnt->label, label, sizeof mnt->label);
	mnt->fs.ep = mnt->server = fs;
	mnt->dev = dev;
	mnt->readonly = readonly;
	r = fs_call(&mnt->fs, FS_MOUNT, &req, sizeof req, &rep, sizeof rep);
	if (r == OK)
		r = vnode_get(mnt, &rep.root, &mnt->root);
	if (r == OK && on != NULL && on->mounted != NULL) {
		vnode_put(mnt->root); /* somebody was faster */
		(void)fs_call(&mnt->fs, FS_UNMOUNT, &none, sizeof none, NULL,
		    0);
		r = -EBUSY;
	}
	if (r != OK) {
		mount_over(&mnt->fs);
		return r;
	}
	mnt->apart = false;
	mnt->on = on;
	mnt->special = special;
	if (on != NULL)
		on->mounted = mnt;
	return OK;
}

/* Which device is the root? The first partition of the first drive, unless a
 * boot parameter says otherwise: "drive.partition". */
static uint32_t
root_dev(void)
{
	char value[16] = "";
	int drive = 0, part = 1;
	int r = env_get_param("rootdev", value, sizeof value);

	if (r == OK && strlen(value) == 3 && value[0] >= '0' &&
	    value[0] <= '3' && value[1] == '.' && value[2] >= '0' &&
	    value[2] <= '4') {
		drive = value[0] - '0';
		part = value[2] - '0';
	} else if (r != -ESRCH) {
		printf("vfs: rootdev=%s is not drive.partition: %d.%d\n", value,
		    drive, part);
	}
	return dev_make(ATA_MAJOR, drive * ATA_DRIVE_MINORS + part);
}

static void
mount_root(struct worker *w)
{
	uint32_t dev = root_dev();
	int r = mount_fs("ext2", EXT2_PROC_NR, dev, false, NULL, NULL);

	(void)w;
	root_status = r;
	if (r == OK)
		fproc_set_root(mounts[0].root);
	else
		printf("vfs: no root file system on device %#x: %d\n", dev, r);
	worker_wake_all(WAIT_ROOT, NULL, r);
}

void
mount_root_start(void)
{
	if (worker_start(NULL, NULL, mount_root, true) != OK)
		panic("vfs: no worker for the root");
}

int
mount_wait_root(void)
{
	int r;

	if (root_status == 1)
		(void)worker_wait(WAIT_ROOT, NULL);
	while (mounts[0].lost) {
		r = worker_wait(WAIT_SERVER, NULL);
		if (r != OK)
			return r;
	}
	return root_status == OK ? OK : -EIO;
}

void
mount_over(const struct fs_peer *fs)
{
	struct mount *mnt;

	for (mnt = mounts; mnt < mounts + NR_MOUNTS; mnt++) {
		if (&mnt->fs == fs && mnt->apart && !fs->owes)
			mnt->used = mnt->apart = false;
	}
}

int
mount_umount(struct mount *mnt)
{
	struct vnode *root = mnt->root;
	char none = 0;
	int r;

	if (mnt->on == NULL || root == NULL || vnode_count(mnt) > 1 ||
	    root->refs > 1)
		return -EBUSY;
	if (mnt->fs.owes)
		return -EIO;     /* nobody can ask it: it stays */
	mnt->on->mounted = NULL; /* nobody enters from here on */
	mnt->root = NULL;        /* nor unmounts it once more */
	vnode_put(root);
	r = fs_call(&mnt->fs, FS_UNMOUNT, &none, sizeof none, NULL, 0);
	vnode_put(mnt->on);
	vnode_put(mnt->special);
	mnt->apart = true;
	mount_over(&mnt->fs);
	return r;
}

int
mount_sync_all(void)
{
	char none = 0;
	int i, r, result = OK;

	for (i = 0; i < NR_MOUNTS; i++) {
		if (!mounts[i].used || mounts[i].apart || mounts[i].readonly)
			continue;
		r = fs_call(&mounts[i].fs, FS_SYNC, &none, sizeof none, NULL,
		    0);
		if (result == OK)
			result = r;
	}
	return result;
}
