/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Open files and descriptors.
 */
#include <abi/dev.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/string.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/lost.h"
#include "servers/vfs/worker.h"

#define FILPS_FOR_ROOT 32 /* the superuser can always open a few more */

struct filp filps[NR_FILPS];

struct filp *
filp_get(struct fproc *fp, int32_t fd)
{
	return fd >= 0 && fd < OPEN_MAX ? fp->filp[fd] : NULL;
}

/* Lowest free descriptor not below min. */
static int
fd_free(const struct fproc *fp, int min)
{
	int fd;

	for (fd = min; fd < (int)fp->files_max; fd++) {
		if (fp->filp[fd] == NULL)
			return fd;
	}
	return -EMFILE;
}

static void
cloexec_set(struct fproc *fp, int fd, bool on)
{
	uint32_t bit = 1u << (fd % 32);

	if (on)
		fp->cloexec[fd / 32] |= bit;
	else
		fp->cloexec[fd / 32] &= ~bit;
}

static bool
cloexec_get(const struct fproc *fp, int fd)
{
	return (fp->cloexec[fd / 32] >> (fd % 32) & 1) != 0;
}

int
filp_make(struct fproc *fp, struct vnode *vp, uint32_t flags, int *out)
{
	int last = fp->euid == 0 ? NR_FILPS : NR_FILPS - FILPS_FOR_ROOT;
	int fd = fd_free(fp, 0), i;

	if (fd < 0)
		return fd;
	for (i = 0; i < last && filps[i].refs != 0; i++)
		continue;
	if (i == last)
		return -ENFILE;
	filps[i] = (struct filp){
		.refs = 1,
		.flags = flags & ~(uint32_t)O_CLOEXEC,
		.vp = vp,
	};
	lost_open(&filps[i]);
	fp->filp[fd] = &filps[i];
	cloexec_set(fp, fd, (flags & O_CLOEXEC) != 0);
	*out = fd;
	return OK;
}

uint32_t
filp_count(void)
{
	uint32_t n = 0;
	int i;

	for (i = 0; i < NR_FILPS; i++)
		n += filps[i].refs != 0;
	return n;
}

void
filp_put(struct fproc *fp, struct filp *f)
{
	struct vnode *vp = f->vp;

	if (--f->refs > 0)
		return;
	f->refs = 1; /* keep the slot while the close below may wait */
	if (S_ISFIFO(vp->n.mode))
		pipe_close(f);
	else if (S_ISCHR(vp->n.mode) || S_ISBLK(vp->n.mode))
		dev_close(fp, vp->n.rdev);
	vnode_put(vp);
	f->refs = 0;
}

void
fd_close(struct fproc *fp, int fd)
{
	struct filp *f = fp->filp[fd];

	fp->filp[fd] = NULL;
	cloexec_set(fp, fd, false);
	flock_release(fp, f->vp);
	filp_put(fp, f);
}

void
fd_exec(struct fproc *fp)
{
	int fd;

	for (fd = 0; fd < OPEN_MAX; fd++) {
		if (fp->filp[fd] != NULL && cloexec_get(fp, fd))
			fd_close(fp, fd);
	}
}

void
fd_fork(struct fproc *child, const struct fproc *parent)
{
	int fd;

	for (fd = 0; fd < OPEN_MAX; fd++) {
		if (parent->filp[fd] != NULL)
			parent->filp[fd]->refs++;
		child->filp[fd] = parent->filp[fd];
	}
}

int
do_vfs_close(struct fproc *fp, const struct vfs_close_req *req,
    struct vfs_close_rep *rep)
{
	struct filp *f = filp_get(fp, req->fd);
	int r = OK;

	(void)rep;
	if (f == NULL)
		return -EBADF;
	if ((f->flags & O_ACCMODE) != O_RDONLY && S_ISREG(f->vp->n.mode))
		r = lost_take(f, false);
	if (filp_get(fp, req->fd) == f) /* or a reboot was faster */
		fd_close(fp, req->fd);
	return r;
}

/* Put a file at a free descriptor. */
static void
fd_set(struct fproc *fp, int fd, struct filp *f, bool cloexec)
{
	f->refs++;
	fp->filp[fd] = f;
	cloexec_set(fp, fd, cloexec);
}

int
do_vfs_dup(struct fproc *fp, const struct vfs_dup_req *req,
    struct vfs_dup_rep *rep)
{
	struct filp *f = filp_get(fp, req->fd);
	int fd = req->to;

	if (f == NULL || fd < -1 || fd >= OPEN_MAX)
		return -EBADF;
	if (fd == req->fd) {
		rep->fd = fd;
		return OK;
	}
	if (fd >= (int)fp->files_max)
		return -EBADF;
	if (fd == -1)
		fd = fd_free(fp, 0);
	else if (fp->filp[fd] != NULL)
		fd_close(fp, fd);
	if (fd < 0)
		return fd;
	fd_set(fp, fd, f, false);
	rep->fd = fd;
	return OK;
}

int
do_vfs_fcntl(struct fproc *fp, const struct vfs_fcntl_req *req,
    struct vfs_fcntl_rep *rep)
{
	const uint32_t settable = O_APPEND | O_NONBLOCK;
	struct filp *f = filp_get(fp, req->fd);
	int fd;

	if (f == NULL)
		return -EBADF;
	switch (req->cmd) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		if (req->arg < 0 || req->arg >= (int32_t)fp->files_max)
			return -EINVAL;
		fd = fd_free(fp, req->arg);
		if (fd < 0)
			return fd;
		fd_set(fp, fd, f, req->cmd == F_DUPFD_CLOEXEC);
		rep->value = fd;
		return OK;
	case F_GETFD:
		rep->value = cloexec_get(fp, req->fd) ? FD_CLOEXEC : 0;
		return OK;
	case F_SETFD:
		cloexec_set(fp, req->fd, (req->arg & FD_CLOEXEC) != 0);
		return OK;
	case F_GETFL:
		rep->value = (int32_t)f->flags;
		return OK;
	case F_SETFL:
		f->flags =
		    (f->flags & ~settable) | ((uint32_t)req->arg & settable);
		return OK;
	default:
		return -EINVAL;
	}
}
