/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Names: making, moving and removing them.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/create.h"
#include "servers/vfs/path.h"
#include "servers/vfs/worker.h"

/* A directory to be changed, and a name in it. The name has a place of its
 * own, since both of a call's paths are walked in the same buffer. */
struct place {
	struct vnode *dir;
	char name[NAME_MAX + 1];
	cp_grant_id_t gid; /**< of the name, for the file server */
	uint32_t len;
};

/* A name in a directory, whose reference is taken over. */
static int
place_at(struct fproc *fp, struct vnode *dir, const char *name, struct place *p)
{
	int r = access_check(fp, dir, W_OK | X_OK, false);

	p->dir = dir;
	strlcpy(p->name, name, sizeof p->name);
	p->len = (uint32_t)strlen(p->name);
	if (r == OK) {
		p->gid = cpf_grant_direct(p->dir->mnt->fs.ep,
		    (vir_bytes)p->name, p->len, CPF_READ);
		if (!GRANT_VALID(p->gid))
			r = -ENOMEM;
	}
	if (r != OK)
		vnode_put(p->dir);
	return r;
}

static int
place_find(struct fproc *fp, const char *path, struct place *p)
{
	struct vnode *dir;
	const char *last;
	int r = path_parent(fp, path, &dir, &last);

	return r != OK ? r : place_at(fp, dir, last, p);
}

static void
place_put(struct place *p)
{
	(void)cpf_revoke(p->gid);
	vnode_put(p->dir);
}

/* Fetch both paths of a call. */
static int
fetch_two(struct fproc *fp, const struct vfs_link_req *req)
{
	struct worker *w = worker_self();
	int r = path_fetch(fp, req->old_path, req->old_len, w->room->path);

	return r != OK
	    ? r
	    : path_fetch(fp, req->new_path, req->new_len, w->room->other);
}

/* In a directory with the sticky bit only owners may remove names. */
static int
sticky_check(struct fproc *fp, struct place *p)
{
	struct vnode *vp;
	int r;

	if (!(p->dir->n.mode & S_ISVTX) || fp->euid == 0 ||
	    fp->euid == p->dir->n.uid)
		return OK;
	r = path_step(fp, p->dir, p->name, &vp);
	if (r != OK)
		return r;
	if (vp->n.uid != fp->euid)
		r = -EPERM;
	vnode_put(vp);
	return r;
}

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Is something mounted on the directory? */
static int
mounted_check(struct fproc *fp, struct place *p)
{
	struct vnode *vp;
	int r = path_step(fp, p->dir, p->name, &vp);

	if (r != OK)
		return r;
	r = vp->mnt != p->dir->mnt ? -EBUSY : OK;
	vnode_put(vp);
	return r;
}

static int
name_remove(const struct place *p, bool directory)
{
	const struct fs_unlink_req req = { p->dir->n.ino, p->gid, p->len,
		directory };

	return fs_call(&p->dir->mnt->fs, FS_UNLINK, &req, sizeof req, NULL, 0);
}

static int
remove(struct fproc *fp, const struct vfs_chdir_req *path, bool directory)
{
	struct worker *w = worker_self();
	struct place p;
	int r = path_fetch(fp, path->path, path->path_len, w->room->path);

	if (r == OK)
		r = place_find(fp, w->room->path, &p);
	if (r != OK)
		return r;
	if (is_dots(p.name))
		r = directory ? -EINVAL : -EISDIR;
	if (r == OK)
		r = sticky_check(fp, &p);
	if (r == OK && directory)
		r = mounted_check(fp, &p);
	if (r == OK)
		r = name_remove(&p, directory);
	place_put(&p);
	return r;
}

int
node_unlink(struct fproc *fp, struct vnode *dir, const char *name)
{
	struct place p;
	int r = place_at(fp, vnode_ref(dir), name, &p);

	if (r != OK)
		return r;
	r = sticky_check(fp, &p);
	if (r == OK)
		r = name_remove(&p, false);
	place_put(&p);
	return r;
}

int
do_vfs_unlink(struct fproc *fp, const struct vfs_unlink_req *req,
    struct vfs_unlink_rep *rep)
{
	(void)rep;
	return remove(fp, req, false);
}

int
do_vfs_rmdir(struct fproc *fp, const struct vfs_rmdir_req *req,
    struct vfs_rmdir_rep *rep)
{
	(void)rep;
	return remove(fp, req, true);
}

int
do_vfs_link(struct fproc *fp, const struct vfs_link_req *req,
    struct vfs_link_rep *rep)
{
	struct worker *w = worker_self();
	struct fs_link_req freq;
	struct vnode *vp;
	struct place p;
	int r = fetch_two(fp, req);

	(void)rep;
	if (r == OK)
		r = path_walk(fp, w->room->path, PATH_NOFOLLOW, &vp);
	if (r != OK)
		return r;
	r = S_ISDIR(vp->n.mode) ? -EPERM : place_find(fp, w->room->other, &p);
	if (r != OK)
		goto put_vp;
	if (p.dir->mnt != vp->mnt)
		r = -EXDEV;
	if (r == OK) {
		freq = (struct fs_link_req){ p.dir->n.ino, p.gid, p.len,
			vp->n.ino };
		r = fs_call(&vp->mnt->fs, FS_LINK, &freq, sizeof freq, NULL, 0);
	}
	place_put(&p);
put_vp:
	vnode_put(vp);
	return r;
}

static int
rename_checked(struct fproc *fp, struct place *old, struct place *new)
{
	struct fs_rename_req req = { old->dir->n.ino, old->gid, old->len,
		new->dir->n.ino, new->gid, new->len };
	int r;

	if (is_dots(old->name) || is_dots(new->name))
		return -EINVAL;
	if (old->dir->mnt != new->dir->mnt)
		return -EXDEV;
	r = sticky_check(fp, old);
	if (r == OK)
		r = mounted_check(fp, old);
	if (r == OK)
		r = sticky_check(fp, new);
	if (r == OK || r == -ENOENT)
		r = mounted_check(fp, new);
	if (r != OK && r != -ENOENT)
		return r;
	return fs_call(&old->dir->mnt->fs, FS_RENAME, &req, sizeof req, NULL,
	    0);
}

int
do_vfs_rename(struct fproc *fp, const struct vfs_link_req *req,
    struct vfs_rename_rep *rep)
{
	struct worker *w = worker_self();
	struct place old, new;
	int r = fetch_two(fp, req);

	(void)rep;
	if (r == OK)
		r = place_find(fp, w->room->path, &old);
	if (r != OK)
		return r;
	r = place_find(fp, w->room->other, &new);
	if (r == OK) {
		r = rename_checked(fp, &old, &new);
		place_put(&new);
	}
	place_put(&old);
	return r;
}

int
do_vfs_symlink(struct fproc *fp, const struct vfs_link_req *req,
    struct vfs_symlink_rep *rep)
{
	struct worker *w = worker_self();
	struct fs_symlink_req freq;
	struct place p;
	int r = fetch_two(fp, req);

	(void)rep;
	if (r == OK)
		r = place_find(fp, w->room->other, &p);
	if (r != OK)
		return r;
	freq = (struct fs_symlink_req){ .dir = p.dir->n.ino,
		.name = p.gid,
		.len = p.len,
		.target_len = (uint32_t)strlen(w->room->path),
		.uid = fp->euid,
		.gid = fp->egid };
	freq.target = cpf_grant_direct(p.dir->mnt->fs.ep,
	    (vir_bytes)w->room->path, freq.target_len, CPF_READ);
	if (GRANT_VALID(freq.target)) {
		r = fs_call(&p.dir->mnt->fs, FS_SYMLINK, &freq, sizeof freq,
		    NULL, 0);
		(void)cpf_revoke(freq.target);
	} else {
		r = -ENOMEM;
	}
	place_put(&p);
	return r;
}

/* Make a node at a path. */
static int
make(struct fproc *fp, vir_bytes path, uint32_t len, uint32_t mode,
    uint32_t rdev)
{
	struct worker *w = worker_self();
	struct vnode *dir, *vp = NULL;
	const char *name;
	int r = path_fetch(fp, path, len, w->room->path);

	if (r == OK)
		r = path_parent(fp, w->room->path, &dir, &name);
	if (r != OK)
		return r == -EBUSY ? -EEXIST : r;
	if (is_dots(name))
		r = -EEXIST;
	else
		r = node_create(fp, dir, name, mode, rdev, &vp);
	vnode_put(vp); /* if it was made */
	vnode_put(dir);
	return r;
}

int
do_vfs_mkdir(struct fproc *fp, const struct vfs_mkdir_req *req,
    struct vfs_mkdir_rep *rep)
{
	(void)rep;
	return make(fp, req->path, req->path_len,
	    S_IFDIR | (req->mode & 01777 & ~fp->umask), 0);
}

int
do_vfs_mknod(struct fproc *fp, const struct vfs_mknod_req *req,
    struct vfs_mknod_rep *rep)
{
	uint32_t type = req->mode & S_IFMT;

	(void)rep;
	if (type == 0)
		type = S_IFREG;
	if (type == S_IFCHR || type == S_IFBLK) {
		if (fp->euid != 0)
			return -EPERM;
	} else if (type != S_IFIFO && type != S_IFREG) {
		return -EINVAL;
	}
	return make(fp, req->path, req->path_len,
	    type | (req->mode & 07777 & ~fp->umask), req->dev);
}

int
do_vfs_readlink(struct fproc *fp, const struct vfs_readlink_req *req,
    struct vfs_readlink_rep *rep)
{
	struct worker *w = worker_self();
	struct fs_readlink_rep frep;
	struct fs_readlink_req freq;
	struct vnode *vp;
	int r = path_fetch(fp, req->path, req->path_len, w->room->path);

	if (r == OK)
		r = path_walk(fp, w->room->path, PATH_NOFOLLOW, &vp);
	if (r != OK)
		return r;
	freq = (struct fs_readlink_req){ vp->n.ino, GRANT_INVALID, req->bytes };
	if (!S_ISLNK(vp->n.mode) || req->bytes == 0) {
		r = -EINVAL;
		goto put_vp;
	}
	freq.gid = user_grant(vp->mnt->fs.ep, fp->ep, req->addr, req->bytes,
	    CPF_WRITE);
	if (!GRANT_VALID(freq.gid)) {
		r = freq.gid;
		goto put_vp;
	}
	r = fs_call(&vp->mnt->fs, FS_READLINK, &freq, sizeof freq, &frep,
	    sizeof frep);
	(void)cpf_revoke(freq.gid);
	if (r == OK)
		rep->bytes = frep.bytes;
put_vp:
	vnode_put(vp);
	return r;
}
