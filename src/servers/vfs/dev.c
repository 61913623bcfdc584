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
#include <lacuna/syslib.h>
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

	return d != NULL && d->block ? d->driver : NONE;
}

/* The terminal of the caller's session, where that is meant. */
static uint32_t
resolve(const struct fproc *fp, uint32_t dev)
{
	return dev_major(dev) == CTTY_MAJOR ? fp->tty : dev;
}

#define TRIES    4 /* times a request is made of drivers that die over it */
#define TRY_TIME 2 /* seconds of life by which it is not its fault */

#define LOOK_AGAIN 1000 /* milliseconds: a debugger may take the signal */

/** How often a request was made of drivers that died over it. */
struct dev_tries {
	int n;
	clock_ticks sent; /**< the last one, if n > 0 */
};

/* No memory goes with a request. */
static const struct dev_memory no_memory;

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
	if (!status_known(rep->status) && rep->status != -ECALLAGAIN)
		return SEF_BAD_STATUS;
	if (rep->status != OK)
		return 0;
	if ((type == CDEV_READ || type == CDEV_WRITE) &&
	    rep->bytes > req->bytes)
		return SEF_BAD_LENGTH;
	return type == CDEV_SELECT && (rep->bytes & ~ops) != 0 ? SEF_BAD_DATA
							       : 0;
}

/* Make a request of a driver, once. */
static int
ask(endpoint_t driver, int type, struct cdev_req *req, uint32_t *bytes)
{
	static uint32_t sequence;
	struct worker *w = worker_self();
	struct cdev_rep rep;
	int r;

	sequence = (sequence + 1) & 0xffffff;
	req->id = sequence * 256 + (uint32_t)(w - workers);
	if (send(driver, type, req) != OK)
		return -EDEADSRCDST;
	w->dev_id = req->id;
	w->dev_ep = driver;
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
		sef_complain(driver, (enum sef_evidence)r);
		return -EIO;
	}
	if (rep.status == OK && bytes != NULL)
		*bytes = rep.bytes;
	return rep.status;
}

/* The same with the memory that belongs to it. */
static int
ask_with(endpoint_t driver, int type, struct cdev_req *req,
    const struct dev_memory *mem, uint32_t *bytes)
{
	int r;

	req->gid = GRANT_INVALID;
	if (mem->access == 0)
		return ask(driver, type, req, bytes);
	req->gid =
	    user_grant(driver, mem->who, mem->addr, mem->bytes, mem->access);
	if (!GRANT_VALID(req->gid))
		return req->gid;
	r = ask(driver, type, req, bytes);
	(void)cpf_revoke(req->gid);
	return r;
}

/* Is a request made of the next driver? That has nothing open; and a select
 * does not wait for it, but for its news. */
static bool
repeats(int type)
{
	return type != CDEV_CLOSE && type != CDEV_SELECT;
}

/* Wait for a driver that is coming back, if the request is worth it. */
static int
driver_wait(uint32_t dev, int type, const struct cdev_req *req)
{
	if (!dmap_returns(dev))
		return OK;
	if (!repeats(type))
		return -EDEADSRCDST;
	if (req->flags & CDEV_NONBLOCK &&
	    (type == CDEV_READ || type == CDEV_WRITE))
		return -EAGAIN;
	return dmap_wait(dev);
}

/* A request is made again. */
static void
try_begin(struct dev_tries *tries)
{
	if (tries->n > 0 && getticks(&tries->sent) != OK)
		tries->n = TRIES; /* the last one */
}

/* A driver has died over a request. Is that so often that the request may be
 * what it dies of? One that lived with it for a while has not. */
static bool
is_deadly(struct dev_tries *tries)
{
	clock_ticks now;

	if (tries->n > 0 && getticks(&now) == OK &&
	    now - tries->sent > TRY_TIME * sys_hz())
		tries->n = 0;
	return ++tries->n >= TRIES;
}

int
dev_call(struct fproc *fp, uint32_t dev, int type, struct cdev_req *req,
    const struct dev_memory *mem, uint32_t *bytes)
{
	struct dev_tries tries = { 0 };
	struct worker *w = worker_self();
	const struct dmap *d;
	int r;

	dev = resolve(fp, dev);
	req->minor = (int32_t)dev_minor(dev);
	req->user = fp->ep;
	req->tty = dev_major(fp->tty) == dev_major(dev)
	    ? (int32_t)dev_minor(fp->tty)
	    : NO_TTY;
	w->interruptible = type != CDEV_OPEN && type != CDEV_CLOSE;
	do {
		r = driver_wait(dev, type, req);
		if (r == OK && w->interrupted && w->interruptible)
			r = -EINTR;
		if (r != OK)
			break;
		d = dmap_find(dev);
		if (d == NULL || d->block)
			return type == CDEV_OPEN ? -ENXIO : -EIO;
		try_begin(&tries);
		r = ask_with(d->driver, type, req, mem, bytes);
		if (r == -ECALLAGAIN)
			select_pause(LOOK_AGAIN); /* until the signal is here */
	} while (r == -ECALLAGAIN ||
	    (r == -EDEADSRCDST && repeats(type) && !is_deadly(&tries)));
	return r == -EDEADSRCDST ? -EIO : r;
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
			worker_wake(w, -EDEADSRCDST);
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

/* The block driver of a device, once it is there. A node may say that a device
 * has blocks that is none of those. */
static int
block_driver(uint32_t dev, struct dmap **d)
{
	int r = dmap_wait(dev);

	if (r != OK)
		return r;
	*d = dmap_find(dev);
	return *d != NULL && (*d)->block ? OK : -EIO;
}

int
dev_open(struct fproc *fp, uint32_t dev, uint32_t flags)
{
	struct cdev_req req = { .gid = GRANT_INVALID };
	struct dmap *d;
	bool control = fp->flags & FP_LEADER && fp->tty == NO_DEV &&
	    dev_major(dev) == TTY_MAJOR && !(flags & O_NOCTTY);
	int r = dmap_wait(resolve(fp, dev));

	if (r != OK)
		return r;
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
	r = dev_call(fp, dev, CDEV_OPEN, &req, &no_memory, NULL);
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
		(void)dev_call(fp, dev, CDEV_CLOSE, &req, &no_memory, NULL);
}

/* Move sectors, once. */
static int
block_move(struct dmap *d, uint32_t dev, bool write, struct user_io *io)
{
	struct bdev_read_req req = { .minor = (int32_t)dev_minor(dev),
		.bytes = io->bytes,
		.position = io->pos };
	struct bdev_read_rep rep;
	int r;

	req.gid = user_grant(d->driver, io->who, io->addr, io->bytes,
	    write ? CPF_READ : CPF_WRITE);
	if (!GRANT_VALID(req.gid))
		return req.gid;
	r = fs_call(&d->peer, write ? BDEV_WRITE : BDEV_READ, &req, sizeof req,
	    &rep, sizeof rep);
	(void)cpf_revoke(req.gid);
	if (r == OK)
		io->moved = rep.bytes;
	return r;
}

/* The same again if the driver dies over it: a sector is where it is. */
static int
block_io(uint32_t dev, bool write, struct user_io *io)
{
	struct dev_tries tries = { 0 };
	struct dmap *d;
	uint32_t life;
	int r;

	do {
		r = block_driver(dev, &d);
		if (r != OK)
			return r;
		life = d->peer.life;
		try_begin(&tries);
		r = block_move(d, dev, write, io);
	} while (r == -EIO && life != d->peer.life && !is_deadly(&tries));
	return r;
}

int
dev_io(struct fproc *fp, struct filp *f, bool write, struct user_io *io)
{
	struct cdev_req req = { .bytes = io->bytes, .position = io->pos };
	const struct dev_memory mem = { io->who, io->addr, io->bytes,
		write ? CPF_READ : CPF_WRITE };
	uint32_t dev = f->vp->n.rdev;

	if (S_ISBLK(f->vp->n.mode))
		return block_io(dev, write, io);
	if (f->flags & O_NONBLOCK)
		req.flags |= CDEV_NONBLOCK;
	return dev_call(fp, dev, write ? CDEV_WRITE : CDEV_READ, &req, &mem,
	    &io->moved);
}

uint32_t
dev_select(struct fproc *fp, uint32_t dev, uint32_t ops)
{
	struct cdev_req req = { .gid = GRANT_INVALID, .flags = ops };
	uint32_t ready = 0;

	if (dev_call(fp, dev, CDEV_SELECT, &req, &no_memory, &ready) == OK)
		return ready;
	/* There will be news when its driver is back, or is not to come. Else
	 * a device that fails would not block. */
	return dmap_returns(resolve(fp, dev)) ? 0
					      : ops & (CDEV_OP_RD | CDEV_OP_WR);
}

int
do_vfs_ioctl(struct fproc *fp, const struct vfs_ioctl_req *req,
    struct vfs_ioctl_rep *rep)
{
	struct cdev_req c = { .gid = GRANT_INVALID,
		.request = req->request,
		.bytes = IOC_SIZE(req->request) };
	struct dev_memory mem = { fp->ep, req->arg, c.bytes, 0 };
	struct filp *f = filp_get(fp, req->fd);

	(void)rep;
	if (f == NULL)
		return -EBADF;
	if (!S_ISCHR(f->vp->n.mode))
		return -ENOTTY;
	if (req->request & IOC_IN)
		mem.access |= CPF_READ;
	if (req->request & IOC_OUT)
		mem.access |= CPF_WRITE;
	return dev_call(fp, f->vp->n.rdev, CDEV_IOCTL, &c, &mem, NULL);
}
