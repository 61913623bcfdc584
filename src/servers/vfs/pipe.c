/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Pipes and fifos. The bytes are in the pipe server; who waits for whom is
 * decided here. vp->n.size is always what is in the server: nobody but VFS
 * moves its data. Two short cuts save the way to the server, which costs more
 * than a small copy: a reader that waits gets the bytes straight from the
 * writer, and a few bytes written into an empty pipe stay in VFS, in the
 * pipe's inbox, until they are read.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/limits.h>
#include <abi/signal.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dmap.h"
#include "servers/vfs/worker.h"

/* Where the data of a pipe or fifo is. */
static struct vnode *
data_of(const struct filp *f)
{
	return f->vp->pipe != NULL ? f->vp->pipe : f->vp;
}

static void
news(struct vnode *vp)
{
	worker_wake_all(WAIT_PIPE, vp, OK);
	select_news();
}

static bool
is_empty(const struct vnode *vp)
{
	return vp->n.size == 0 && vp->inbox_len == 0;
}

/* Read from the inbox. */
static int
inbox_read(struct vnode *vp, struct user_io *io)
{
	uint32_t n = io->bytes < vp->inbox_len ? io->bytes : vp->inbox_len;
	int r =
	    sys_vircopy(SELF, (vir_bytes)vp->inbox, io->who, io->addr, n, 0);

	if (r != OK)
		return r;
	vp->inbox_len -= n;
	memmove(vp->inbox, vp->inbox + n, vp->inbox_len);
	io->moved = n;
	return OK;
}

/* Write into the inbox, if nothing in the server is older and all fits. */
static bool
inbox_write(struct vnode *vp, struct user_io *part, int *r)
{
	if (vp->n.size > 0 || part->bytes > PIPE_INBOX - vp->inbox_len)
		return false;
	*r = sys_vircopy(part->who, part->addr, SELF,
	    (vir_bytes)vp->inbox + vp->inbox_len, part->bytes, 0);
	if (*r == OK) {
		vp->inbox_len += part->bytes;
		part->moved = part->bytes;
	}
	return true;
}

/* Wait for data. Ready to take it straight from the next writer: then it is
 * in io when this returns. */
static int
read_wait(struct vnode *vp, struct user_io *io)
{
	struct worker *w = worker_self();
	int r;

	w->reader = io;
	r = worker_wait(WAIT_PIPE, vp);
	w->reader = NULL;
	return r;
}

static int
pipe_read(struct filp *f, struct user_io *io)
{
	struct vnode *vp = data_of(f);
	int r;

	for (;;) {
		r = vnode_lock(vp);
		if (r != OK)
			return r;
		if (!is_empty(vp))
			break;
		vnode_unlock(vp);
		if (vp->writers == 0)
			return OK; /* the end */
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		r = read_wait(vp, io);
		if (r != OK || io->moved > 0)
			return io->moved > 0 ? OK : r;
	}
	if (vp->inbox_len > 0)
		r = inbox_read(vp, io);
	else
		r = file_transfer(vp, FS_READ, io);
	vnode_unlock(vp);
	if (r == OK)
		news(vp);
	return r;
}

/* Nobody will ever read it. */
static int
broken(endpoint_t who)
{
	(void)sys_kill(who, SIGPIPE); /* it may be dying already */
	return -EPIPE;
}

/* May something be written now? A small write goes as a whole. */
static bool
has_room(const struct vnode *vp, uint32_t left, uint32_t total)
{
	uint32_t room = PIPE_CAPACITY - (uint32_t)vp->n.size;

	return total <= PIPE_BUF ? room >= left : room > 0;
}

/* A reader that waits for this pipe, or NULL. */
static struct worker *
reader_find(const struct vnode *vp)
{
	struct worker *w;

	if (!worker_waiting(WAIT_PIPE))
		return NULL;
	FOR_EACH_BUSY(w)
	{
		if (w->wait == WAIT_PIPE && w->object == vp &&
		    w->reader != NULL)
			return w;
	}
	return NULL;
}

/* With an empty pipe and a reader that waits, bytes need not go by way of
 * the pipe server: from one process to the other is one copy instead of two,
 * and two messages less. If the copy fails the long way shows whose fault it
 * is. */
static bool
hand_over(struct vnode *vp, struct user_io *part)
{
	struct worker *w = reader_find(vp);
	struct user_io *to;
	uint32_t n;

	if (w == NULL || !is_empty(vp) || vp->lock != NULL)
		return false;
	to = w->reader;
	n = part->bytes < to->bytes ? part->bytes : to->bytes;
	if (sys_vircopy(part->who, part->addr, to->who, to->addr, n, 0) != OK)
		return false;
	part->moved = to->moved = n;
	w->reader = NULL; /* it has had its share */
	worker_wake(w, OK);
	/* The reader gets its answer first: the kernel runs who was woken
	 * last, so the writer can already wait for what comes back. */
	worker_yield();
	return true;
}

/* Write what fits, if it may be written now; else wait for room. */
static int
write_some(struct filp *f, struct vnode *vp, struct user_io *part,
    uint32_t total)
{
	int r;

	if (hand_over(vp, part))
		return OK;
	r = vnode_lock(vp);
	if (r != OK)
		return r;
	if (!has_room(vp, part->bytes, total)) {
		vnode_unlock(vp);
		return f->flags & O_NONBLOCK ? -EAGAIN
					     : worker_wait(WAIT_PIPE, vp);
	}
	if (!inbox_write(vp, part, &r))
		r = file_transfer(vp, FS_WRITE, part);
	vnode_unlock(vp);
	if (r == OK && part->moved > 0)
		news(vp);
	return r;
}

static int
pipe_write(struct filp *f, struct user_io *io)
{
	struct vnode *vp = data_of(f);
	int r;

	while (io->moved < io->bytes) {
		struct user_io part = { io->who, io->addr + io->moved,
			io->bytes - io->moved, 0, 0 };

		if (vp->readers == 0)
			return io->moved > 0 ? OK : broken(io->who);
		r = write_some(f, vp, &part, io->bytes);
		io->moved += part.moved;
		if (r != OK)
			return io->moved > 0 ? OK : r;
	}
	return OK;
}

int
pipe_io(struct filp *f, bool write, struct user_io *io)
{
	return write ? pipe_write(f, io) : pipe_read(f, io);
}

/* Count what an open file does with its pipe, or what a closed one did. */
static void
count(struct vnode *vp, uint32_t flags, uint32_t n)
{
	if ((flags & O_ACCMODE) != O_WRONLY)
		vp->readers += n;
	if ((flags & O_ACCMODE) != O_RDONLY)
		vp->writers += n;
}

void
pipe_close(struct filp *f)
{
	struct vnode *vp = data_of(f);

	count(vp, f->flags, (uint32_t)-1);
	news(vp);
}

uint32_t
pipe_select(const struct filp *f)
{
	const struct vnode *vp = data_of(f);
	uint32_t ops = 0;

	if (!is_empty(vp) || vp->writers == 0)
		ops |= CDEV_OP_RD;
	if (vp->readers == 0 || has_room(vp, PIPE_BUF, PIPE_BUF))
		ops |= CDEV_OP_WR;
	return ops;
}

/* A new nameless node in the pipe server. */
static int
pipe_new(const struct fproc *fp, struct vnode **vp)
{
	struct fs_newnode_req req = { S_IFIFO | 0600, fp->euid, fp->egid, 0 };
	struct fs_newnode_rep rep;
	uint32_t life;
	int r;

	/* A server that dies over the request has made nothing that lasts. */
	do {
		r = dmap_wait(pipe_mount.dev);
		if (r != OK)
			return r;
		life = pipe_mount.fs.life;
		r = fs_call(&pipe_mount.fs, FS_NEWNODE, &req, sizeof req, &rep,
		    sizeof rep);
	} while (r == -EIO && life != pipe_mount.fs.life);
	return r == OK ? vnode_get(&pipe_mount, &rep.node, vp) : r;
}

int
do_vfs_pipe(struct fproc *fp, const struct vfs_pipe_req *req,
    struct vfs_pipe_rep *rep)
{
	uint32_t flags = req->flags & (O_NONBLOCK | O_CLOEXEC);
	struct vnode *vp;
	int r = pipe_new(fp, &vp);

	if (r != OK)
		return r;
	r = filp_make(fp, vp, O_RDONLY | flags, &rep->fd[0]);
	if (r != OK) {
		vnode_put(vp);
		return r;
	}
	vp->readers = 1;
	r = filp_make(fp, vnode_ref(vp), O_WRONLY | flags, &rep->fd[1]);
	if (r != OK) {
		vnode_put(vp);
		fd_close(fp, rep->fd[0]);
		return r;
	}
	vp->writers = 1;
	return OK;
}

/* Wait until somebody has the other side open. */
static int
await_peer(const uint32_t *peers, struct vnode *vp)
{
	int r = OK;

	while (*peers == 0 && r == OK)
		r = worker_wait(WAIT_PIPE, vp);
	return r;
}

int
fifo_open(struct fproc *fp, struct vnode *vp, uint32_t flags)
{
	uint32_t mode = flags & O_ACCMODE;
	int r = vnode_lock(vp);

	if (r != OK)
		return r;
	if (vp->pipe == NULL)
		r = pipe_new(fp, &vp->pipe);
	vnode_unlock(vp);
	if (r != OK)
		return r;
	if (mode == O_WRONLY && flags & O_NONBLOCK && vp->pipe->readers == 0)
		return -ENXIO;

	count(vp->pipe, flags, 1);
	news(vp->pipe);
	if (mode == O_WRONLY)
		r = await_peer(&vp->pipe->readers, vp->pipe);
	else if (mode == O_RDONLY && !(flags & O_NONBLOCK))
		r = await_peer(&vp->pipe->writers, vp->pipe);
	if (r != OK) {
		count(vp->pipe, flags, (uint32_t)-1);
		news(vp->pipe);
	}
	return r;
}
