/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Opening and creating files.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/create.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/path.h"
#include "servers/vfs/worker.h"

/* Rights that open flags ask for. */
static int
wanted(uint32_t flags)
{
	switch (flags & O_ACCMODE) {
	case O_RDONLY:
		return R_OK;
	case O_WRONLY:
		return W_OK;
	default:
		return R_OK | W_OK;
	}
}

int
node_create(struct fproc *fp, struct vnode *dir, const char *name,
    uint32_t mode, uint32_t rdev, struct vnode **vp)
{
	struct fs_create_req req = {
		.dir = dir->n.ino,
		.len = (uint32_t)strlen(name),
		.mode = mode,
		.uid = fp->euid,
		.gid = fp->egid,
		.rdev = rdev,
	};
	struct fs_create_rep rep;
	int r = access_check(fp, dir, W_OK | X_OK, false);

	if (r != OK)
		return r;
	req.name = cpf_grant_direct(dir->mnt->fs.ep, (vir_bytes)name, req.len,
	    CPF_READ);
	if (!GRANT_VALID(req.name))
		return -ENOMEM;
	r = fs_call(&dir->mnt->fs, FS_CREATE, &req, sizeof req, &rep,
	    sizeof rep);
	(void)cpf_revoke(req.name);
	return r == OK ? vnode_get(dir->mnt, &rep.node, vp) : r;
}

/* Make the file a path speaks of. */
static int
file_make(struct fproc *fp, const char *path, uint32_t mode, struct vnode **vp)
{
	struct vnode *dir;
	const char *name;
	int r;

	if (path[strlen(path) - 1] == '/')
		return -EISDIR;
	r = path_parent(fp, path, &dir, &name);
	if (r != OK)
		return r;
	r = node_create(fp, dir, name, S_IFREG | (mode & 07777 & ~fp->umask), 0,
	    vp);
	vnode_put(dir);
	return r;
}

/* Find the file, or make it; *made tells which. */
static int
find_or_create(struct fproc *fp, const struct vfs_open_req *req,
    struct vnode **vp, bool *made)
{
	char *path = worker_self()->room->path;
	int flags = req->flags & O_NOFOLLOW ? PATH_NOFOLLOW : 0;
	int tries = 0, r;

	*made = false;
	do {
		r = path_walk(fp, path, flags, vp);
		if (r == OK && req->flags & O_CREAT && req->flags & O_EXCL) {
			vnode_put(*vp);
			return -EEXIST;
		}
		if (r != -ENOENT || !(req->flags & O_CREAT))
			return r;
		r = file_make(fp, path, req->mode, vp);
		*made = r == OK;
		if (r != -EEXIST || req->flags & (O_EXCL | O_NOFOLLOW))
			return r;
		/* Somebody was faster, or it is a link to what is not there:
		 * then that is to be made. */
		r = path_follow(fp, path);
	} while (r == OK && ++tries <= LINKS_MAX);
	return r == OK ? -ELOOP : r;
}

static int
truncate(struct vnode *vp)
{
	struct fs_truncate_req req = { vp->n.ino, 0, 0 };
	int r;

	r = vnode_lock(vp); /* who appends goes by the size */
	if (r != OK)
		return r;
	r = fs_call(&vp->mnt->fs, FS_TRUNCATE, &req, sizeof req, NULL, 0);
	if (r == OK)
		vp->n.size = 0;
	vnode_unlock(vp);
	return r;
}

/* What opening means for this kind of file. */
static int
open_node(struct fproc *fp, struct vnode *vp, uint32_t flags)
{
	if (flags & O_DIRECTORY && !S_ISDIR(vp->n.mode))
		return -ENOTDIR;
	switch (vp->n.mode & S_IFMT) {
	case S_IFREG:
		return flags & O_TRUNC && flags & O_ACCMODE ? truncate(vp) : OK;
	case S_IFDIR:
		return flags & (O_ACCMODE | O_TRUNC) ? -EISDIR : OK;
	case S_IFCHR:
	case S_IFBLK:
		return dev_open(fp, vp->n.rdev, flags);
	case S_IFIFO:
		return fifo_open(fp, vp, flags);
	case S_IFLNK:
		return -ELOOP;
	default:
		return -ENXIO;
	}
}

int
do_vfs_open(struct fproc *fp, const struct vfs_open_req *req,
    struct vfs_open_rep *rep)
{
	struct vnode *vp;
	bool made;
	int r, fd;

	if ((req->flags & O_ACCMODE) == O_ACCMODE)
		return -EINVAL;
	r = path_fetch(fp, req->path, req->path_len, worker_self()->room->path);
	if (r == OK)
		r = find_or_create(fp, req, &vp, &made);
	if (r != OK)
		return r;
	if (!made)
		r = access_check(fp, vp, wanted(req->flags), false);
	if (r == OK)
		r = filp_make(fp, vp, req->flags, &fd);
	if (r != OK) {
		vnode_put(vp);
		return r;
	}
	r = open_node(fp, vp, req->flags);
	if (r != OK) {
		/* Nothing has been opened that would have to be closed. */
		struct filp *f = fp->filp[fd];

		if (f == NULL)
			return r; /* a reboot has closed it */
		fp->filp[fd] = NULL;
		f->refs = 0;
		vnode_put(vp);
		return r;
	}
	rep->fd = fd;
	return OK;
}
