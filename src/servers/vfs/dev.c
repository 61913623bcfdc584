/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The conversation with drivers.
 */
#include "servers/vfs/dev.h"

#include <abi/dev.h>
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/asynsend.h>
#include <lacuna/safecopies.h>
#include <lacuna/sef.h>
#include <lacuna/string.h>
#include <proto/bdev.h>

#include "servers/vfs/answer.h"
#include "servers/vfs/calls.h"
#include "servers/vfs/dmap.h"
#include "servers/vfs/fproc.h"
#include "servers/vfs/vnode.h"
#include "servers/vfs/watch.h"
#include "servers/vfs/worker.h"

endpoint_t
dev_driver(uint32_t dev)
{
	const struct dmap *d = dmap_find(dev);

	return d != NULL ? d->driver : NONE;
}

/* The terminal of the caller's session, where that is meant. */
static uint32_t
resolve(const struct fproc *fp, uint32_t dev)
{
	return dev_major(dev) == CTTY_MAJOR ? fp->tty : dev;
}

/* A worker's number is in the id of its request. */
_Static_assert(NR_WORKERS <= 256, "ids have room for the worker");

static int
send(endpoint_t ep, int type, const struct cdev_req *req)
{
	struct message m;
	int r;

	m.m_type = type;
	memcpy(m.m_body, req, sizeof *req);
	r = ipc_sendnb(ep, &m);
	return r == -ENOTREADY ? asynsend3(ep, &m, 0) : r;
}

/* May the answer take long, because of what users do or do not do? */
static bool
may_last(int type)
{
	return type == CDEV_READ || type == CDEV_WRITE || type == CDEV_IOCTL;
}

/* From now on the driver must answer soon. */
static void
limit(struct worker *w, uint32_t looks)
{
	w->dev_limited = true;
	w->dev_since = watch_time();
	w->dev_limit = looks;
	watch_begin();
}

/* What is wrong with an answer, an enum sef_evidence, or 0. */
static int
judge(int type, const struct cdev_req *req, const struct cdev_rep *rep)
{
	const uint32_t ops = CDEV_OP_RD | CDEV_OP_WR | CDEV_OP_ERR;

	if (rep->minor != req->minor)
		return SEF_BAD_IDENTITY;
	if (!status_known(rep->status))
		return SEF_BAD_STATUS;
	if (rep->status != OK)
		return 0;
	if ((type == CDEV_READ || type == CDEV_WRITE) &&
	    rep->bytes > req->bytes)
		return SEF_BAD_LENGTH;
	return type == CDEV_SELECT && (rep->bytes & ~ops) != 0 ? SEF_BAD_DATA
							       : 0;
}

int
dev_call(struct fproc *fp, uint32_t dev, int type, struct cdev_req *req,
    uint32_t *bytes)
{
	static uint32_t sequence;
	struct worker *w = worker_self();
	const struct dmap *d;
	struct cdev_rep rep;
	int r;

	dev = resolve(fp, dev);
	d = dmap_find(dev);
	if (d == NULL || d->block)
		return -ENXIO;
	w->interruptible = type != CDEV_OPEN && type != CDEV_CLOSE;
	if (w->interrupted && w->interruptible)
		return -EINTR;
	sequence = (sequence + 1) & 0xffffff;
	req->id = sequence * 256 + (uint32_t)(w - workers);
	req->minor = (int32_t)dev_minor(dev);
	req->user = fp->ep;
	if (send(d->driver, type, req) != OK)
		return -EIO;

	w->dev_id = req->id;
	w->dev_ep = d->driver;
	w->dev_minor = req->minor;
	w->dev_limited = false;
	if (!may_last(type))
		limit(w, PATIENCE);
	r = worker_wait(WAIT_DEV, NULL);
	if (r != OK)
		return r;
	memcpy(&rep, w->reply->m_body, sizeof rep);
	r = judge(type, req, &rep);
	if (r != 0) {
		sef_complain(w->dev_ep, (enum sef_evidence)r);
		return -EIO;
	}
	if (rep.status == OK && bytes != NULL)
		*bytes = rep.bytes;
	return rep.status;
}

void
dev_cancel(struct worker *w)
{
	struct cdev_req req = { .id = w->dev_id, .minor = w->dev_minor };

	if (w->wait != WAIT_DEV || !w->interruptible)
		return;
	(void)send(w->dev_ep, CDEV_CANCEL, &req); /* dead: it wakes */
	limit(w, HURRY);
}

bool
dev_look(struct worker *w)
{
	const uint32_t age = watch_time() - w->dev_since;
	struct dmap *d = dmap_of(w->dev_ep);

	if (!w->dev_limited)
		return false;
	if (age <= w->dev_limit && (!w->dying || age <= HURRY))
		return true;
	if (age > w->dev_limit)
		sef_complain(w->dev_ep, SEF_NO_ANSWER);
	if (d != NULL)
		d->owed++;
	worker_wake(w, w->interrupted ? -EINTR : -EIO);
	return false;
}

/* An answer for which nobody waits. It is one that was given up; or the driver
 * does not know what it says. If it has one request only, it means that. */
static void
stray(const struct message *m)
{
	struct dmap *d = dmap_of(m->m_source);
	struct worker *w, *only = NULL;
	int n = 0;

	if (d == NULL)
		return;
	if (d->owed > 0) {
		d->owed--;
		return;
	}
	sef_complain(m->m_source, SEF_BAD_IDENTITY);
	FOR_EACH_BUSY(w)
	{
		if (w->wait == WAIT_DEV && w->dev_ep == m->m_source) {
			only = w;
			n++;
		}
	}
	if (n == 1)
		worker_wake(only, -EIO);
}

bool
dev_answer(const struct message *m)
{
	struct cdev_rep rep;
	struct worker *w;

	if (m->m_type == CDEV_SELECT_READY) {
		select_news();
		return true;
	}
	if (m->m_type != CDEV_REPLY)
		return false;
	memcpy(&rep, m->m_body, sizeof rep);
	w = &workers[rep.id % 256 % NR_WORKERS];
	if (w->busy && w->wait == WAIT_DEV && w->dev_id == rep.id &&
	    w->dev_ep == m->m_source) {
		w->reply = m;
		worker_wake(w, OK);
	} else {
		stray(m);
	}
	return true;
}

void
dev_died(endpoint_t ep)
{
	struct worker *w;

	dmap_died(ep);
	FOR_EACH_BUSY(w)
	{
		if (w->wait == WAIT_DEV && w->dev_ep == ep)
			worker_wake(w, -EIO);
	}
	select_news();
}

/* Open, close or flush a block device: only its minor number matters. */
static int
block_call(struct dmap *d, uint32_t dev, int type, bool write)
{
	struct bdev_open_req req = { .minor = (int32_t)dev_minor(dev),
		.write = write };

	return fs_call(&d->peer, type, &req, sizeof req, NULL, 0);
}

int
dev_open(struct fproc *fp, uint32_t dev, uint32_t flags)
{
	struct cdev_req req = { .gid = GRANT_INVALID };
	struct dmap *d;
	bool control = fp->flags & FP_LEADER && fp->tty == NO_DEV &&
	    dev_major(dev) == TTY_MAJOR && !(flags & O_NOCTTY);
	int r;

	d = dmap_find(resolve(fp, dev));
	if (d == NULL)
		return -ENXIO;
	if (d->block)
		return block_call(d, dev, BDEV_OPEN,
		    (flags & O_ACCMODE) != O_RDONLY);
	if (flags & O_NONBLOCK)
		req.flags |= CDEV_NONBLOCK;
	if (!control)
		req.flags |= CDEV_NOCTTY;
	req.pgrp = fp->pid; /* of a leader: the group of its session */
	r = dev_call(fp, dev, CDEV_OPEN, &req, NULL);
	if (r == OK && control)
		fp->tty = dev;
	return r;
}

void
dev_close(struct fproc *fp, uint32_t dev)
{
	struct cdev_req req = { .gid = GRANT_INVALID };
	struct dmap *d = dmap_find(resolve(fp, dev));

	if (d == NULL)
		return;
	if (d->block)
		(void)block_call(d, dev, BDEV_CLOSE, false);
	else
		(void)dev_call(fp, dev, CDEV_CLOSE, &req, NULL);
}

static int
block_io(struct dmap *d, uint32_t dev, bool write, cp_grant_id_t gid,
    struct user_io *io)
{
	struct bdev_read_req req = { (int32_t)dev_minor(dev), gid, io->bytes, 0,
		io->pos };
	struct bdev_read_rep rep = { 0 };
	int r = fs_call(&d->peer, write ? BDEV_WRITE : BDEV_READ, &req,
	    sizeof req, &rep, sizeof rep);

	if (r == OK)
		io->moved = rep.bytes;
	return r;
}

int
dev_io(struct fproc *fp, struct filp *f, bool write, struct user_io *io)
{
	struct cdev_req req = { .bytes = io->bytes, .position = io->pos };
	uint32_t dev = resolve(fp, f->vp->n.rdev);
	struct dmap *d = dmap_find(dev);
	cp_grant_id_t gid;
	int r;

	if (d == NULL)
		return -EIO;
	gid = user_grant(d->driver, io->who, io->addr, io->bytes,
	    write ? CPF_READ : CPF_WRITE);
	if (!GRANT_VALID(gid))
		return gid;
	req.gid = gid;
	if (f->flags & O_NONBLOCK)
		req.flags |= CDEV_NONBLOCK;
	if (d->block)
		r = block_io(d, dev, write, gid, io);
	else
		r = dev_call(fp, dev, write ? CDEV_WRITE : CDEV_READ, &req,
		    &io->moved);
	(void)cpf_revoke(gid);
	return r;
}

uint32_t
dev_select(struct fproc *fp, uint32_t dev, uint32_t ops)
{
	struct cdev_req req = { .gid = GRANT_INVALID, .flags = ops };
	uint32_t ready = 0;

	/* A device that fails would not block either. */
	if (dev_call(fp, dev, CDEV_SELECT, &req, &ready) != OK)
		ready = ops & (CDEV_OP_RD | CDEV_OP_WR);
	return ready;
}

int
do_vfs_ioctl(struct fproc *fp, const struct vfs_ioctl_req *req,
    struct vfs_ioctl_rep *rep)
{
	struct cdev_req c = { .gid = GRANT_INVALID, .request = req->request };
	struct filp *f = filp_get(fp, req->fd);
	int access = 0, r;
	uint32_t dev;

	(void)rep;
	if (f == NULL)
		return -EBADF;
	if (!S_ISCHR(f->vp->n.mode))
		return -ENOTTY;
	dev = f->vp->n.rdev;
	if (req->request & IOC_IN)
		access |= CPF_READ;
	if (req->request & IOC_OUT)
		access |= CPF_WRITE;
	c.bytes = IOC_SIZE(req->request);
	if (access != 0) {
		c.gid = user_grant(dev_driver(resolve(fp, dev)), fp->ep,
		    req->arg, c.bytes, access);
		if (!GRANT_VALID(c.gid))
			return c.gid;
	}
	r = dev_call(fp, dev, CDEV_IOCTL, &c, NULL);
	if (access != 0)
		(void)cpf_revoke(c.gid);
	return r;
}
