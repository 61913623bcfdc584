/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mount and umount.
 */
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/path.h"
#include "servers/vfs/services.h"
#include "servers/vfs/shutdown.h"
#include "servers/vfs/worker.h"

/* The file server a mount asks for by its label; ext2 if it does not say. */
static int
server_find(struct fproc *fp, const struct vfs_mount_req *req,
    char label[LABEL_MAX], endpoint_t *ep)
{
	int r;

	strlcpy(label, "ext2", LABEL_MAX);
	if (req->type_len == 0)
		return service_find(label, ep);
	if (req->type_len > LABEL_MAX)
		return -ENAMETOOLONG;
	r = sys_vircopy(fp->ep, req->type, SELF, (vir_bytes)label,
	    req->type_len, 0);
	if (r != OK)
		return r;
	label[req->type_len - 1] = '\0';
	return service_find(label, ep);
}

/* One file server drives one device. */
static bool
server_busy(endpoint_t ep)
{
	int i;

	for (i = 0; i < NR_MOUNTS; i++) {
		if (mounts[i].used && mounts[i].fs.ep == ep)
			return true;
	}
	return false;
}

static int
mount_on(const char *label, endpoint_t fs, bool readonly, struct vnode *special,
    struct vnode *dir)
{
	if (!S_ISBLK(special->n.mode))
		return -ENOTBLK;
	if (!S_ISDIR(dir->n.mode))
		return -ENOTDIR;
	if (server_busy(fs) || dir == dir->mnt->root)
		return -EBUSY;
	return mount_fs(label, fs, special->n.rdev, readonly, dir, special);
}

int
do_vfs_mount(struct fproc *fp, const struct vfs_mount_req *req,
    struct vfs_mount_rep *rep)
{
	struct worker *w = worker_self();
	struct vnode *special, *dir;
	char label[LABEL_MAX];
	endpoint_t fs;
	int r;

	(void)rep;
	if (fp->euid != 0)
		return -EPERM;
	if (shutdown_begun())
		return -ESHUTDOWN;
	r = server_find(fp, req, label, &fs);
	if (r == OK && !service_has_files(fs))
		r = -ENODEV;
	if (r == OK)
		r = path_fetch(fp, req->special, req->special_len,
		    w->room->path);
	if (r == OK)
		r = path_fetch(fp, req->path, req->path_len, w->room->other);
	if (r == OK)
		r = path_walk(fp, w->room->path, 0, &special);
	if (r != OK)
		return r;
	r = path_walk(fp, w->room->other, 0, &dir);
	if (r == OK) {
		r = mount_on(label, fs, (req->flags & VFS_MOUNT_RDONLY) != 0,
		    special, dir);
		if (r == OK)
			return OK; /* the mount has the references now */
		vnode_put(dir);
	}
	vnode_put(special);
	return r;
}

/* The mount whose device or root a vnode is. */
static struct mount *
mount_of(const struct vnode *vp)
{
	int i;

	for (i = 0; i < NR_MOUNTS; i++) {
		if (mounts[i].used &&
		    (mounts[i].root == vp ||
			(S_ISBLK(vp->n.mode) && mounts[i].dev == vp->n.rdev)))
			return &mounts[i];
	}
	return NULL;
}

int
do_vfs_umount(struct fproc *fp, const struct vfs_umount_req *req,
    struct vfs_umount_rep *rep)
{
	struct worker *w = worker_self();
	struct mount *mnt;
	struct vnode *vp;
	int r;

	(void)rep;
	if (fp->euid != 0)
		return -EPERM;
	r = path_fetch(fp, req->path, req->path_len, w->room->path);
	if (r == OK)
		r = path_walk(fp, w->room->path, 0, &vp);
	if (r != OK)
		return r;
	mnt = mount_of(vp);
	vnode_put(vp);
	return mnt == NULL ? -EINVAL : mount_umount(mnt);
}
