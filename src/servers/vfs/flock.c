/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Advisory record locks: a table of byte ranges, each of one process on one
 * file.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/worker.h"

#define NR_LOCKS 64

struct lock {
	const struct fproc *fp; /**< NULL: free */
	const struct vnode *vp;
	int32_t type;        /**< VFS_LOCK_READ, VFS_LOCK_WRITE */
	int64_t first, last; /**< bytes, inclusive */
};

static struct lock locks[NR_LOCKS];

/* All who wait look again when any lock goes. */
static void
news(void)
{
	worker_wake_all(WAIT_FLOCK, locks, OK);
}

void
flock_release(struct fproc *fp, const struct vnode *vp)
{
	int i, n = 0;

	for (i = 0; i < NR_LOCKS; i++) {
		if (locks[i].fp != fp || (vp != NULL && locks[i].vp != vp))
			continue;
		locks[i].fp = NULL;
		n++;
	}
	if (n > 0)
		news();
}

uint32_t
flock_count(void)
{
	uint32_t n = 0;
	int i;

	for (i = 0; i < NR_LOCKS; i++)
		n += locks[i].fp != NULL;
	return n;
}

static bool
overlaps(const struct lock *a, const struct lock *b)
{
	return a->fp != NULL && a->vp == b->vp && a->first <= b->last &&
	    b->first <= a->last;
}

/* A lock of somebody else that is in the way. */
static const struct lock *
conflict(const struct lock *want)
{
	int i;

	for (i = 0; i < NR_LOCKS; i++) {
		if (overlaps(&locks[i], want) && locks[i].fp != want->fp &&
		    (locks[i].type == VFS_LOCK_WRITE ||
			want->type == VFS_LOCK_WRITE))
			return &locks[i];
	}
	return NULL;
}

static struct lock *
lock_alloc(void)
{
	int i;

	for (i = 0; i < NR_LOCKS; i++) {
		if (locks[i].fp == NULL)
			return &locks[i];
	}
	return NULL;
}

static int
free_locks(void)
{
	int i, n = 0;

	for (i = 0; i < NR_LOCKS; i++)
		n += locks[i].fp == NULL;
	return n;
}

/* Take a range away from the caller's own locks; may split one in two. */
static void
cut(const struct lock *range)
{
	struct lock *rest;
	int i;

	for (i = 0; i < NR_LOCKS; i++) {
		struct lock *l = &locks[i], old = *l;

		if (!overlaps(l, range) || l->fp != range->fp)
			continue;
		l->fp = NULL;
		if (old.first < range->first) {
			*l = old;
			l->last = range->first - 1;
		}
		if (old.last > range->last) {
			rest = lock_alloc();
			*rest = old;
			rest->first = range->last + 1;
		}
	}
}

/* How many free locks may a change need? To unlock, none but for the second
 * part of a lock that is split: so it works when the table is full. */
static int
locks_needed(const struct lock *want)
{
	int i;

	if (want->type != VFS_LOCK_UNLOCK)
		return 2; /* one more for itself */
	for (i = 0; i < NR_LOCKS; i++) {
		if (overlaps(&locks[i], want) && locks[i].fp == want->fp &&
		    locks[i].first < want->first && locks[i].last > want->last)
			return 1;
	}
	return 0;
}

/* From what the caller said to bytes of the file. */
static int
range_of(const struct filp *f, const struct vfs_flock_req *req,
    struct lock *want)
{
	int64_t base = 0;

	if (req->whence == SEEK_CUR)
		base = f->pos;
	else if (req->whence == SEEK_END)
		base = f->vp->n.size;
	else if (req->whence != SEEK_SET)
		return -EINVAL;
	if (req->type < VFS_LOCK_READ || req->type > VFS_LOCK_UNLOCK)
		return -EINVAL;
	if (req->start > INT32_MAX || req->start < -(int64_t)INT32_MAX ||
	    req->length < 0 || req->length > INT32_MAX)
		return -EINVAL;
	want->first = base + req->start;
	want->last =
	    req->length == 0 ? INT64_MAX : want->first + req->length - 1;
	want->vp = f->vp;
	want->type = req->type;
	return want->first < 0 ? -EINVAL : OK;
}

static void
tell(const struct lock *found, struct vfs_flock_rep *rep)
{
	rep->type = VFS_LOCK_UNLOCK;
	if (found == NULL)
		return;
	rep->type = found->type;
	rep->pid = found->fp->pid;
	rep->start = found->first;
	rep->length =
	    found->last == INT64_MAX ? 0 : found->last - found->first + 1;
}

static int
lock_set(const struct lock *want, bool wait)
{
	int r;

	while (want->type != VFS_LOCK_UNLOCK && conflict(want) != NULL) {
		if (!wait)
			return -EAGAIN;
		r = worker_wait(WAIT_FLOCK, locks);
		if (r != OK)
			return r;
	}
	if (free_locks() < locks_needed(want))
		return -ENOLCK;
	cut(want);
	if (want->type != VFS_LOCK_UNLOCK)
		*lock_alloc() = *want;
	news();
	return OK;
}

int
do_vfs_flock(struct fproc *fp, const struct vfs_flock_req *req,
    struct vfs_flock_rep *rep)
{
	struct filp *f = filp_get(fp, req->fd);
	struct lock want = { .fp = fp };
	uint32_t mode;
	int r;

	if (f == NULL)
		return -EBADF;
	r = range_of(f, req, &want);
	if (r != OK)
		return r;
	mode = f->flags & O_ACCMODE;
	if ((req->type == VFS_LOCK_READ && mode == O_WRONLY) ||
	    (req->type == VFS_LOCK_WRITE && mode == O_RDONLY))
		return -EBADF;
	switch (req->cmd) {
	case F_GETLK:
		tell(conflict(&want), rep);
		return OK;
	case F_SETLK:
		return lock_set(&want, false);
	case F_SETLKW:
		return lock_set(&want, true);
	default:
		return -EINVAL;
	}
}
