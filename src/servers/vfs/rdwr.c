/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading and writing. Data never passes through VFS: it grants the user's
 * memory to the file server or driver that has or wants the data.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/safecopies.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/worker.h"

#define FILE_MAX INT32_MAX /* what off_t of programs can say */

/* One transfer between a file and memory of a process. */
static int
transfer(struct vnode *vp, int type, endpoint_t who, vir_bytes addr,
    uint32_t bytes, int64_t pos, uint32_t *moved)
{
	struct fs_read_req req = { .ino = vp->n.ino,
		.bytes = bytes,
		.position = pos };
	struct fs_read_rep rep;
	int r;

	req.gid = cpf_grant_magic(vp->mnt->fs.ep, who, addr, bytes,
	    type == FS_WRITE ? CPF_READ : CPF_WRITE);
	if (!GRANT_VALID(req.gid))
		return -ENOMEM;
	r = fs_call(&vp->mnt->fs, type, &req, sizeof req, &rep, sizeof rep);
	(void)cpf_revoke(req.gid);
	if (r == OK) {
		*moved = rep.bytes;
		vp->n.size = rep.size;
	}
	return r;
}

int
file_read(struct vnode *vp, endpoint_t who, vir_bytes addr, uint32_t bytes,
    int64_t pos, uint32_t *moved)
{
	return transfer(vp, FS_READ, who, addr, bytes, pos, moved);
}

/* A regular file: nobody else comes between position, data and size. */
static int
file_io(struct fproc *fp, struct filp *f, const struct vfs_read_req *req,
    bool write, uint32_t *moved)
{
	struct vnode *vp = f->vp;
	int64_t pos;
	int r;

	vnode_lock(vp);
	pos = req->at ? req->position : f->pos;
	if (write && f->flags & O_APPEND)
		pos = vp->n.size;
	if (write && pos + req->bytes > FILE_MAX)
		r = -EFBIG;
	else if (!write && pos >= vp->n.size)
		r = OK; /* the end */
	else
		r = transfer(vp, write ? FS_WRITE : FS_READ, fp->ep, req->addr,
		    req->bytes, pos, moved);
	if (r == OK && !req->at)
		f->pos = pos + *moved;
	vnode_unlock(vp);
	return r;
}

static int
device_io(struct fproc *fp, struct filp *f, const struct vfs_read_req *req,
    bool write, uint32_t *moved)
{
	int r = dev_io(fp, f, write, req->addr, req->bytes,
	    req->at ? req->position : f->pos, moved);

	if (r == OK && !req->at)
		f->pos += *moved;
	return r;
}

static int
read_write(struct fproc *fp, const struct vfs_read_req *req, bool write,
    uint32_t *moved)
{
	struct filp *f = filp_get(fp, req->fd);
	uint32_t mode;
	int r;

	if (f == NULL ||
	    (f->flags & O_ACCMODE) == (write ? O_RDONLY : O_WRONLY))
		return -EBADF;
	if (req->at && req->position < 0)
		return -EINVAL;
	if (req->bytes > INT32_MAX)
		return -EINVAL;
	if (req->bytes == 0)
		return OK;

	/* The file must not go away while we wait. */
	f->refs++;
	mode = f->vp->n.mode;
	if (S_ISREG(mode))
		r = file_io(fp, f, req, write, moved);
	else if (S_ISFIFO(mode))
		r = req->at
		    ? -ESPIPE
		    : pipe_io(fp, f, write, req->addr, req->bytes, moved);
	else if (S_ISCHR(mode) || S_ISBLK(mode))
		r = device_io(fp, f, req, write, moved);
	else
		r = -EISDIR;
	filp_put(fp, f);
	return r;
}

int
do_vfs_read(struct fproc *fp, const struct vfs_read_req *req,
    struct vfs_read_rep *rep)
{
	return read_write(fp, req, false, &rep->bytes);
}

int
do_vfs_write(struct fproc *fp, const struct vfs_read_req *req,
    struct vfs_read_rep *rep)
{
	return read_write(fp, req, true, &rep->bytes);
}

int
do_vfs_getdents(struct fproc *fp, const struct vfs_getdents_req *req,
    struct vfs_read_rep *rep)
{
	struct filp *f = filp_get(fp, req->fd);
	struct fs_getdents_rep frep;
	struct fs_getdents_req freq;
	struct vnode *vp;
	int r;

	if (f == NULL || (f->flags & O_ACCMODE) == O_WRONLY)
		return -EBADF;
	if (!S_ISDIR(f->vp->n.mode))
		return -ENOTDIR;
	vp = vnode_ref(f->vp);
	freq = (struct fs_getdents_req){ .ino = vp->n.ino,
		.bytes = req->bytes,
		.position = f->pos };
	freq.gid = cpf_grant_magic(vp->mnt->fs.ep, fp->ep, req->addr,
	    req->bytes, CPF_WRITE);
	if (GRANT_VALID(freq.gid)) {
		r = fs_call(&vp->mnt->fs, FS_GETDENTS, &freq, sizeof freq,
		    &frep, sizeof frep);
		(void)cpf_revoke(freq.gid);
	} else {
		r = -ENOMEM;
	}
	if (r == OK) {
		f->pos = frep.position;
		rep->bytes = frep.bytes;
	}
	vnode_put(vp);
	return r;
}

int
do_vfs_lseek(struct fproc *fp, const struct vfs_lseek_req *req,
    struct vfs_lseek_rep *rep)
{
	struct filp *f = filp_get(fp, req->fd);
	int64_t base;

	if (f == NULL)
		return -EBADF;
	if (S_ISFIFO(f->vp->n.mode))
		return -ESPIPE;
	switch (req->whence) {
	case SEEK_SET:
		base = 0;
		break;
	case SEEK_CUR:
		base = f->pos;
		break;
	case SEEK_END:
		base = f->vp->n.size;
		break;
	default:
		return -EINVAL;
	}
	if (req->offset > FILE_MAX || req->offset < -(int64_t)FILE_MAX)
		return -EOVERFLOW;
	if (base + req->offset < 0)
		return -EINVAL;
	if (base + req->offset > FILE_MAX)
		return -EOVERFLOW;
	f->pos = base + req->offset;
	rep->position = f->pos;
	return OK;
}
