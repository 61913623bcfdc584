/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading and writing. Data never passes through VFS: it grants the user's
 * memory to the file server or driver that has or wants the data.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/vmlayout.h>
#include <lacuna/safecopies.h>
#include <lacuna/sef.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/lost.h"
#include "servers/vfs/worker.h"

#define FILE_MAX INT32_MAX /* what off_t of programs can say */

cp_grant_id_t
user_grant(endpoint_t to, endpoint_t who, vir_bytes addr, uint32_t bytes,
    int access)
{
	cp_grant_id_t gid;

	if (bytes > KERNEL_BASE || addr > KERNEL_BASE - bytes)
		return -EFAULT;
	gid = cpf_grant_magic(to, who, addr, bytes, access);
	return GRANT_VALID(gid) ? gid : -ENOMEM;
}

int
file_transfer(struct vnode *vp, int type, struct user_io *io)
{
	struct fs_read_req req = { .ino = vp->n.ino,
		.bytes = io->bytes,
		.position = io->pos };
	struct fs_read_rep rep;
	int r;

	req.gid = user_grant(vp->mnt->fs.ep, io->who, io->addr, io->bytes,
	    type == FS_WRITE ? CPF_READ : CPF_WRITE);
	if (!GRANT_VALID(req.gid))
		return req.gid;
	r = fs_call(&vp->mnt->fs, type, &req, sizeof req, &rep, sizeof rep);
	(void)cpf_revoke(req.gid);
	if (r == OK && S_ISFIFO(vp->n.mode) &&
	    (rep.bytes == 0 || rep.size > PIPE_CAPACITY)) {
		sef_complain(vp->mnt->fs.ep, SEF_BAD_DATA); /* it was asked for
							     * what is there */
		return -EIO;
	}
	if (r == OK) {
		io->moved = rep.bytes;
		vp->n.size = rep.size;
	}
	return r;
}

/* May a write go on where it would begin, by the limits of a process and of
 * files? Of what crosses the former, a part is written. */
static int
write_limit(const struct fproc *fp, struct user_io *io)
{
	const int64_t max = fp->size_max;

	if (io->pos >= max)
		return -EFBIG;
	if (io->bytes > max - io->pos)
		io->bytes = (uint32_t)(max - io->pos);
	return io->pos > FILE_MAX - (int64_t)io->bytes ? -EFBIG : OK;
}

/* A regular file: nobody else comes between position, data and size. */
static int
file_io(const struct fproc *fp, struct filp *f, bool write, bool at,
    struct user_io *io)
{
	struct vnode *vp = f->vp;
	int r = vnode_lock(vp);

	if (r != OK)
		return r;
	if (!at)
		io->pos = f->pos;
	if (write && f->flags & O_APPEND)
		io->pos = vp->n.size;
	if (write)
		r = write_limit(fp, io);
	if (r == OK && (write || io->pos < vp->n.size)) /* not at the end */
		r = file_transfer(vp, write ? FS_WRITE : FS_READ, io);
	if (r == OK && !at)
		f->pos = io->pos + io->moved;
	vnode_unlock(vp);
	return r;
}

/* The same, unless there is a loss to tell. */
static int
regular_io(const struct fproc *fp, struct filp *f, bool write, bool at,
    struct user_io *io)
{
	int r = write ? lost_take(f, false) : OK;
	const uint32_t life = f->vp->mnt->fs.life;

	if (r != OK)
		return r;
	r = file_io(fp, f, write, at, io);
	if (write && r != OK)
		lost_told(f, life);
	return r;
}

static int
device_io(struct fproc *fp, struct filp *f, bool write, bool at,
    struct user_io *io)
{
	int r;

	if (!at)
		io->pos = f->pos;
	r = dev_io(fp, f, write, io);
	if (r == OK && !at)
		f->pos += io->moved;
	return r;
}

/* Has a signal come in the midst of a write? */
static bool
is_broken_off(const struct user_io *io)
{
	return io->moved > 0 && io->moved < io->bytes &&
	    worker_self()->interrupted;
}

static int
read_write(struct fproc *fp, const struct vfs_read_req *req, bool write,
    uint32_t *moved)
{
	struct user_io io = { fp->ep, req->addr, req->bytes, req->position, 0 };
	struct filp *f = filp_get(fp, req->fd);
	bool at = req->at != 0;
	uint32_t mode;
	int r;

	if (f == NULL ||
	    (f->flags & O_ACCMODE) == (write ? O_RDONLY : O_WRONLY))
		return -EBADF;
	if (req->bytes > INT32_MAX || (at && req->position < 0))
		return -EINVAL;
	if (req->bytes == 0)
		return OK;

	/* The file must not go away while we wait. */
	f->refs++;
	mode = f->vp->n.mode;
	if (S_ISREG(mode))
		r = regular_io(fp, f, write, at, &io);
	else if (S_ISFIFO(mode))
		r = at ? -ESPIPE : pipe_io(f, write, &io);
	else if (S_ISCHR(mode) || S_ISBLK(mode))
		r = device_io(fp, f, write, at, &io);
	else
		r = -EISDIR;
	filp_put(fp, f);
	*moved = io.moved;
	return write && is_broken_off(&io) ? -EINTR : r;
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
	freq.gid = user_grant(vp->mnt->fs.ep, fp->ep, req->addr, req->bytes,
	    CPF_WRITE);
	if (GRANT_VALID(freq.gid)) {
		r = fs_call(&vp->mnt->fs, FS_GETDENTS, &freq, sizeof freq,
		    &frep, sizeof frep);
		(void)cpf_revoke(freq.gid);
	} else {
		r = freq.gid;
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
