/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The pipe server: nameless nodes whose data is in memory. A node is a ring
 * of bytes: what is written comes after what is there, what is read is gone.
 * Who may read or write, and who has to wait, is VFS's business; a write here
 * takes what fits and a read gives what is there.
 */
#include <abi/dev.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/limits.h>
#include <lacuna/fsserver.h>
#include <lacuna/sef_lu.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#define NR_PIPES       64
#define PIPES_FOR_ROOT 8 /* the superuser can always make a few more */

struct pipe {
	uint32_t refs; /**< VFS's references; 0: free */
	uint32_t mode, uid, gid;
	uint32_t head; /**< counts bytes ever read */
	uint32_t tail; /**< counts bytes ever written */
	int64_t atime, mtime;
	uint8_t data[PIPE_CAPACITY];
};

static struct pipe pipes[NR_PIPES];

/* The node with a number; numbers begin at 1. */
static struct pipe *
pipe_get(uint32_t ino)
{
	if (ino == 0 || ino > NR_PIPES || pipes[ino - 1].refs == 0)
		return NULL;
	return &pipes[ino - 1];
}

static int64_t
now(void)
{
	struct sys_times_rep t;

	if (sys_times(NONE, &t) != OK)
		return 0;
	return t.boot_time + t.uptime / t.hz;
}

static int
pipe_newnode(const struct fs_newnode_req *req, struct fs_node *node)
{
	uint32_t last = req->uid == 0 ? NR_PIPES : NR_PIPES - PIPES_FOR_ROOT;
	uint32_t i;

	for (i = 0; i < last && pipes[i].refs != 0; i++)
		continue;
	if (i == last)
		return -ENFILE;

	pipes[i].refs = 1;
	pipes[i].mode = req->mode;
	pipes[i].uid = req->uid;
	pipes[i].gid = req->gid;
	pipes[i].head = pipes[i].tail = 0;
	pipes[i].atime = pipes[i].mtime = now();
	*node = (struct fs_node){ .ino = i + 1,
		.mode = req->mode,
		.uid = req->uid,
		.gid = req->gid };
	return OK;
}

static int
pipe_putnode(uint32_t ino, uint32_t count)
{
	struct pipe *p = pipe_get(ino);

	if (p == NULL || count > p->refs)
		return -EINVAL;
	p->refs -= count;
	return OK;
}

/* Move bytes between the grant and the ring, from ring position pos on. */
static int
ring_move(struct pipe *p, uint32_t pos, const struct fs_io *io, uint32_t bytes,
    bool write)
{
	uint32_t at = pos % PIPE_CAPACITY;
	uint32_t first =
	    PIPE_CAPACITY - at < bytes ? PIPE_CAPACITY - at : bytes;
	int r;

	if (write) {
		r = fsserver_get(io->gid, 0, p->data + at, first);
		if (r == OK && first < bytes)
			r = fsserver_get(io->gid, first, p->data,
			    bytes - first);
		return r;
	}
	r = fsserver_put(io->gid, 0, p->data + at, first);
	if (r == OK && first < bytes)
		r = fsserver_put(io->gid, first, p->data, bytes - first);
	return r;
}

static int
pipe_read(uint32_t ino, const struct fs_io *io, uint32_t *moved, int64_t *size)
{
	struct pipe *p = pipe_get(ino);
	uint32_t n;
	int r = OK;

	if (p == NULL)
		return -EINVAL;
	n = p->tail - p->head;
	if (n > io->bytes)
		n = io->bytes;
	if (n > 0)
		r = ring_move(p, p->head, io, n, false);
	if (r != OK)
		return r;
	p->head += n;
	*moved = n;
	*size = p->tail - p->head;
	return OK;
}

static int
pipe_write(uint32_t ino, const struct fs_io *io, uint32_t *moved, int64_t *size)
{
	struct pipe *p = pipe_get(ino);
	uint32_t n;
	int r = OK;

	if (p == NULL)
		return -EINVAL;
	n = PIPE_CAPACITY - (p->tail - p->head);
	if (n > io->bytes)
		n = io->bytes;
	if (n > 0)
		r = ring_move(p, p->tail, io, n, true);
	if (r != OK)
		return r;
	p->tail += n;
	*moved = n;
	*size = p->tail - p->head;
	return OK;
}

static int
pipe_truncate(uint32_t ino, int64_t size)
{
	struct pipe *p = pipe_get(ino);

	if (p == NULL || size != 0)
		return -EINVAL;
	p->head = p->tail;
	return OK;
}

static int
pipe_stat(uint32_t ino, struct abi_stat *st)
{
	const struct pipe *p = pipe_get(ino);

	if (p == NULL)
		return -EINVAL;
	st->st_dev = dev_make(PIPE_MAJOR, 0);
	st->st_ino = ino;
	st->st_mode = p->mode;
	st->st_nlink = 1;
	st->st_uid = p->uid;
	st->st_gid = p->gid;
	st->st_blksize = PIPE_BUF;
	st->st_size = p->tail - p->head;
	st->st_atime = p->atime;
	st->st_mtime = st->st_ctime = p->mtime;
	return OK;
}

static int
pipe_chmod(uint32_t ino, uint32_t mode, uint32_t *result)
{
	struct pipe *p = pipe_get(ino);

	if (p == NULL)
		return -EINVAL;
	p->mode = (p->mode & S_IFMT) | (mode & ~(uint32_t)S_IFMT);
	*result = p->mode;
	return OK;
}

static int
pipe_chown(uint32_t ino, uint32_t uid, uint32_t gid, uint32_t *mode)
{
	struct pipe *p = pipe_get(ino);

	if (p == NULL)
		return -EINVAL;
	p->uid = uid;
	p->gid = gid;
	*mode = p->mode;
	return OK;
}

static int
pipe_sync(void)
{
	return OK; /* nothing here outlives the machine's run */
}

/* What pipes hold is here alone: ready without a pipe, in whatever state. */
static int
pipe_prepare(int state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < NR_PIPES; i++)
		if (pipes[i].refs != 0)
			return -ENOTREADY;
	return OK;
}

int
main(void)
{
	static const struct fsserver pipefs = {
		.name = "pipe",
		.init_fresh = sef_cb_init_null,
		.init_restart = sef_cb_init_null,
		.newnode = pipe_newnode,
		.putnode = pipe_putnode,
		.read = pipe_read,
		.write = pipe_write,
		.truncate = pipe_truncate,
		.stat = pipe_stat,
		.chmod = pipe_chmod,
		.chown = pipe_chown,
		.sync = pipe_sync,
	};

	sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_standard);
	sef_setcb_lu_prepare(pipe_prepare);
	return fsserver_run(&pipefs);
}
