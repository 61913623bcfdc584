/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Waiting for several descriptors. A select looks at all it was asked about;
 * if nothing is ready it sleeps until anything changes anywhere, and looks
 * again. With the few descriptors there are, that is cheaper than knowing who
 * waits for what.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/watch.h"
#include "servers/vfs/worker.h"

static uint32_t generation; /* counts news, so that none is missed */

void
select_news(void)
{
	generation++;
	worker_wake_all(WAIT_SELECT, NULL, OK);
}

static bool
has(const uint32_t *set, int fd)
{
	return (set[fd / 32] >> (fd % 32) & 1) != 0;
}

static void
put(uint32_t *set, int fd)
{
	set[fd / 32] |= 1u << (fd % 32);
}

static uint32_t
ops_of(const struct vfs_select_req *req, int fd)
{
	uint32_t ops = 0;

	if (has(req->rd, fd))
		ops |= CDEV_OP_RD;
	if (has(req->wr, fd))
		ops |= CDEV_OP_WR;
	if (has(req->ex, fd))
		ops |= CDEV_OP_ERR;
	return ops;
}

/* Which of the operations on a file would not block? */
static uint32_t
ready_ops(struct fproc *fp, struct filp *f, uint32_t ops)
{
	if (S_ISFIFO(f->vp->n.mode))
		return pipe_select(f) & ops;
	if (S_ISCHR(f->vp->n.mode))
		return dev_select(fp, f->vp->n.rdev, ops | CDEV_NOTIFY) & ops;
	return ops & (CDEV_OP_RD | CDEV_OP_WR);
}

static int
look(struct fproc *fp, const struct vfs_select_req *req,
    struct vfs_select_rep *rep)
{
	int fd;

	memset(rep, 0, sizeof *rep);
	for (fd = 0; fd < req->nfds; fd++) {
		uint32_t ops = ops_of(req, fd), ready;
		struct filp *f = filp_get(fp, fd);

		if (ops == 0)
			continue;
		if (f == NULL)
			return -EBADF;
		ready = ready_ops(fp, f, ops);
		if (ready & CDEV_OP_RD)
			put(rep->rd, fd);
		if (ready & CDEV_OP_WR)
			put(rep->wr, fd);
		if (ready & CDEV_OP_ERR)
			put(rep->ex, fd);
		for (; ready != 0; ready &= ready - 1)
			rep->ready++;
	}
	return OK;
}

void
select_expire(clock_ticks now)
{
	struct worker *w;

	FOR_EACH_BUSY(w)
	{
		if (w->wait == WAIT_SELECT && w->deadline != 0 &&
		    (int32_t)(w->deadline - now) <= 0)
			worker_wake(w, -ETIMEDOUT);
	}
}

static void
deadline_set(struct worker *w, int32_t timeout_ms)
{
	struct sys_times_rep t;

	if (timeout_ms <= 0 || sys_times(NONE, &t) != OK)
		return;
	w->deadline = t.uptime + 1 +
	    (clock_ticks)(((uint64_t)(uint32_t)timeout_ms * t.hz + 999) / 1000);
	if (w->deadline == 0)
		w->deadline = 1;
	watch_alarm_set(t.uptime);
}

void
select_pause(int32_t ms)
{
	struct worker *w = worker_self();

	deadline_set(w, ms);
	(void)worker_wait(WAIT_SELECT, NULL);
	w->deadline = 0;
}

int
do_vfs_select(struct fproc *fp, const struct vfs_select_req *req,
    struct vfs_select_rep *rep)
{
	struct worker *w = worker_self();
	uint32_t seen;
	int r;

	if (req->nfds < 0 || req->nfds > OPEN_MAX)
		return -EINVAL;
	deadline_set(w, req->timeout_ms);
	for (;;) {
		seen = generation;
		r = look(fp, req, rep);
		if (w->interrupted)
			r = -EINTR; /* then drivers say anything */
		if (r != OK || rep->ready > 0 || req->timeout_ms == 0)
			break;
		if (seen != generation)
			continue; /* something happened while we looked */
		r = worker_wait(WAIT_SELECT, NULL);
		if (r == -ETIMEDOUT) {
			r = OK;
			break;
		}
		if (r != OK)
			break;
	}
	rep->deadline = w->deadline;
	w->deadline = 0;
	return r;
}
