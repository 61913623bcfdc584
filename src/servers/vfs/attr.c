/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Attributes of files and file systems: stat, access, chmod, chown, utime,
 * umask, truncate; and the directories a process is in.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/stat.h>
#include <lacuna/safecopies.h>
#include <lacuna/sef.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/lost.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/path.h"
#include "servers/vfs/worker.h"

/* The vnode of a path, or of a descriptor when there is no path. */
static int
target(struct fproc *fp, vir_bytes path, uint32_t len, int32_t fd, int flags,
    struct vnode **vp)
{
	struct worker *w = worker_self();
	struct filp *f;
	int r;

	if (len == 0) {
		f = filp_get(fp, fd);
		if (f == NULL)
			return -EBADF;
		*vp = vnode_ref(f->vp);
		return OK;
	}
	r = path_fetch(fp, path, len, w->room->path);
	return r != OK ? r : path_walk(fp, w->room->path, flags, vp);
}

/* The same for calls that only have a path. */
static int
target_path(struct fproc *fp, vir_bytes path, uint32_t len, int flags,
    struct vnode **vp)
{
	return len == 0 ? -ENOENT : target(fp, path, len, -1, flags, vp);
}

/* Let the file server of a vnode fill a record of the user. */
static int
fill(struct fproc *fp, struct vnode *vp, int type, vir_bytes addr,
    uint32_t size)
{
	struct fs_statvfs_req vreq;
	struct fs_stat_req req;
	cp_grant_id_t gid =
	    user_grant(vp->mnt->fs.ep, fp->ep, addr, size, CPF_WRITE);
	int r;

	if (!GRANT_VALID(gid))
		return gid;
	req = (struct fs_stat_req){ vp->n.ino, gid };
	vreq = (struct fs_statvfs_req){ gid };
	if (type == FS_STAT)
		r = fs_call(&vp->mnt->fs, type, &req, sizeof req, NULL, 0);
	else
		r = fs_call(&vp->mnt->fs, type, &vreq, sizeof vreq, NULL, 0);
	(void)cpf_revoke(gid);
	return r;
}

int
do_vfs_stat(struct fproc *fp, const struct vfs_stat_req *req,
    struct vfs_stat_rep *rep)
{
	struct vnode *vp;
	int r = target_path(fp, req->path, req->path_len,
	    req->flags & VFS_NOFOLLOW ? PATH_NOFOLLOW : 0, &vp);

	(void)rep;
	if (r != OK)
		return r;
	r = fill(fp, vp, FS_STAT, req->addr, sizeof(struct abi_stat));
	vnode_put(vp);
	return r;
}

int
do_vfs_fstat(struct fproc *fp, const struct vfs_fstat_req *req,
    struct vfs_fstat_rep *rep)
{
	struct vnode *vp;
	int r = target(fp, 0, 0, req->fd, 0, &vp);

	(void)rep;
	if (r != OK)
		return r;
	r = fill(fp, vp, FS_STAT, req->addr, sizeof(struct abi_stat));
	vnode_put(vp);
	return r;
}

int
do_vfs_statvfs(struct fproc *fp, const struct vfs_statvfs_req *req,
    struct vfs_statvfs_rep *rep)
{
	struct vnode *vp;
	int r = target(fp, req->path, req->path_len, req->fd, 0, &vp);

	(void)rep;
	if (r != OK)
		return r;
	r = fill(fp, vp, FS_STATVFS, req->addr, sizeof(struct abi_statvfs));
	vnode_put(vp);
	return r;
}

int
do_vfs_access(struct fproc *fp, const struct vfs_access_req *req,
    struct vfs_access_rep *rep)
{
	struct vnode *vp;
	int r;

	(void)rep;
	if (req->mode & ~(R_OK | W_OK | X_OK))
		return -EINVAL;
	r = target_path(fp, req->path, req->path_len, 0, &vp);
	if (r != OK)
		return r;
	r = access_check(fp, vp, req->mode, true);
	vnode_put(vp);
	return r;
}

/* The mode of a node is now what its server says; its type stays. */
static int
mode_set(struct vnode *vp, uint32_t mode)
{
	if (((vp->n.mode ^ mode) & ~(uint32_t)07777) != 0) {
		sef_complain(vp->mnt->fs.ep, SEF_BAD_DATA);
		return -EIO;
	}
	vp->n.mode = mode;
	return OK;
}

/* Only the owner and the superuser may change attributes. */
static int
owner_check(const struct fproc *fp, const struct vnode *vp)
{
	if (vp->mnt->readonly)
		return -EROFS;
	return fp->euid == 0 || fp->euid == vp->n.uid ? OK : -EPERM;
}

int
do_vfs_chmod(struct fproc *fp, const struct vfs_chmod_req *req,
    struct vfs_chmod_rep *rep)
{
	struct fs_chmod_rep frep;
	struct fs_chmod_req freq;
	struct vnode *vp;
	int r = target(fp, req->path, req->path_len, req->fd, 0, &vp);

	(void)rep;
	if (r != OK)
		return r;
	r = owner_check(fp, vp);
	if (r == OK) {
		freq = (struct fs_chmod_req){ vp->n.ino, req->mode & 07777 };
		/* No set-group-id for a group one is not in. */
		if (fp->euid != 0 && !fproc_in_group(fp, vp->n.gid, false))
			freq.mode &= ~(uint32_t)S_ISGID;
		r = fs_call(&vp->mnt->fs, FS_CHMOD, &freq, sizeof freq, &frep,
		    sizeof frep);
	}
	if (r == OK)
		r = mode_set(vp, frep.mode);
	vnode_put(vp);
	return r;
}

/* The superuser may give files away; an owner may choose among those
 * that the process is in. */
static int
chown_check(const struct fproc *fp, const struct vnode *vp, uint32_t uid,
    uint32_t gid)
{
	int r = owner_check(fp, vp);

	if (r != OK || fp->euid == 0)
		return r;
	return uid == vp->n.uid &&
		(gid == vp->n.gid || fproc_in_group(fp, gid, false))
	    ? OK
	    : -EPERM;
}

int
do_vfs_chown(struct fproc *fp, const struct vfs_chown_req *req,
    struct vfs_chown_rep *rep)
{
	const uint32_t leave = UINT32_MAX;
	struct fs_chown_rep frep;
	struct fs_chown_req freq;
	struct vnode *vp;
	int r = target(fp, req->path, req->path_len, req->fd,
	    req->flags & VFS_NOFOLLOW ? PATH_NOFOLLOW : 0, &vp);

	(void)rep;
	if (r != OK)
		return r;
	freq = (struct fs_chown_req){ vp->n.ino,
		req->uid == leave ? vp->n.uid : req->uid,
		req->gid == leave ? vp->n.gid : req->gid };
	r = chown_check(fp, vp, freq.uid, freq.gid);
	if (r == OK)
		r = fs_call(&vp->mnt->fs, FS_CHOWN, &freq, sizeof freq, &frep,
		    sizeof frep);
	if (r == OK)
		r = mode_set(vp, frep.mode);
	if (r == OK) {
		vp->n.uid = freq.uid;
		vp->n.gid = freq.gid;
	}
	vnode_put(vp);
	return r;
}

int
do_vfs_utime(struct fproc *fp, const struct vfs_utime_req *req,
    struct vfs_utime_rep *rep)
{
	bool now = req->atime == UTIME_AT_NOW && req->mtime == UTIME_AT_NOW;
	struct fs_utime_req freq;
	struct vnode *vp;
	int r = target(fp, req->path, req->path_len, req->fd,
	    req->flags & VFS_NOFOLLOW ? PATH_NOFOLLOW : 0, &vp);

	(void)rep;
	if (r != OK)
		return r;
	r = owner_check(fp, vp);
	if (r == -EPERM && now) /* who may write may say "now" */
		r = access_check(fp, vp, W_OK, false);
	if (r == OK) {
		freq = (struct fs_utime_req){ vp->n.ino, 0, req->atime,
			req->mtime };
		r = fs_call(&vp->mnt->fs, FS_UTIME, &freq, sizeof freq, NULL,
		    0);
	}
	vnode_put(vp);
	return r;
}

int
do_vfs_umask(struct fproc *fp, const struct vfs_umask_req *req,
    struct vfs_umask_rep *rep)
{
	rep->old = fp->umask;
	fp->umask = req->mask & 0777;
	return OK;
}

/* Set the size of a regular file. */
static int
resize(const struct fproc *fp, struct vnode *vp, int64_t size)
{
	struct fs_truncate_req req = { vp->n.ino, 0, size };
	int r;

	if (size < 0)
		return -EINVAL;
	if (S_ISDIR(vp->n.mode))
		return -EISDIR;
	if (!S_ISREG(vp->n.mode))
		return -EINVAL;
	if (size > (int64_t)fp->size_max && size > vp->n.size)
		return -EFBIG;
	r = vnode_lock(vp);
	if (r != OK)
		return r;
	r = fs_call(&vp->mnt->fs, FS_TRUNCATE, &req, sizeof req, NULL, 0);
	if (r == OK)
		vp->n.size = size;
	vnode_unlock(vp);
	return r;
}

int
do_vfs_truncate(struct fproc *fp, const struct vfs_truncate_req *req,
    struct vfs_truncate_rep *rep)
{
	struct vnode *vp;
	int r = target_path(fp, req->path, req->path_len, 0, &vp);

	(void)rep;
	if (r != OK)
		return r;
	r = access_check(fp, vp, W_OK, false);
	if (r == OK)
		r = resize(fp, vp, req->size);
	vnode_put(vp);
	return r;
}

int
do_vfs_ftruncate(struct fproc *fp, const struct vfs_ftruncate_req *req,
    struct vfs_ftruncate_rep *rep)
{
	struct filp *f = filp_get(fp, req->fd);
	struct vnode *vp;
	int r;

	(void)rep;
	if (f == NULL)
		return -EBADF;
	if ((f->flags & O_ACCMODE) == O_RDONLY)
		return -EINVAL;
	vp = vnode_ref(f->vp);
	r = resize(fp, vp, req->size);
	vnode_put(vp);
	return r;
}

/* Replace one of a process's directories. Takes the reference over. */
static int
dir_set(struct fproc *fp, struct vnode **dir, struct vnode *vp)
{
	struct vnode *old = *dir;
	int r =
	    S_ISDIR(vp->n.mode) ? access_check(fp, vp, X_OK, false) : -ENOTDIR;

	if (r != OK) {
		vnode_put(vp);
		return r;
	}
	*dir = vp;
	vnode_put(old);
	return OK;
}

int
do_vfs_chdir(struct fproc *fp, const struct vfs_chdir_req *req,
    struct vfs_chdir_rep *rep)
{
	struct vnode *vp;
	int r = target_path(fp, req->path, req->path_len, 0, &vp);

	(void)rep;
	return r != OK ? r : dir_set(fp, &fp->cwd, vp);
}

int
do_vfs_fchdir(struct fproc *fp, const struct vfs_fchdir_req *req,
    struct vfs_fchdir_rep *rep)
{
	struct vnode *vp;
	int r = target(fp, 0, 0, req->fd, 0, &vp);

	(void)rep;
	return r != OK ? r : dir_set(fp, &fp->cwd, vp);
}

int
do_vfs_chroot(struct fproc *fp, const struct vfs_chroot_req *req,
    struct vfs_chroot_rep *rep)
{
	struct vnode *vp;
	int r;

	(void)rep;
	if (fp->euid != 0)
		return -EPERM;
	r = target_path(fp, req->path, req->path_len, 0, &vp);
	return r != OK ? r : dir_set(fp, &fp->root, vp);
}

int
do_vfs_sync(struct fproc *fp, const struct vfs_sync_req *req,
    struct vfs_sync_rep *rep)
{
	(void)fp, (void)req, (void)rep;
	return mount_sync_all();
}

int
do_vfs_fsync(struct fproc *fp, const struct vfs_fsync_req *req,
    struct vfs_fsync_rep *rep)
{
	struct filp *f = filp_get(fp, req->fd);
	uint32_t life;
	char none = 0;
	int r;

	(void)rep;
	if (f == NULL)
		return -EBADF;
	if (!S_ISREG(f->vp->n.mode) && !S_ISDIR(f->vp->n.mode))
		return -EINVAL;
	f->refs++;
	r = lost_take(f, true);
	life = f->vp->mnt->fs.life;
	if (r == OK)
		r = fs_call(&f->vp->mnt->fs, FS_SYNC, &none, sizeof none, NULL,
		    0);
	if (r != OK)
		lost_told(f, life);
	filp_put(fp, f);
	return r;
}
