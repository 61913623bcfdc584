/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From CDEV messages to a driver's operations.
 */
#include <lacuna/chardriver.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/string.h>

static const struct chardriver *driver;

/* VFS never waits for one driver, so a driver need not wait for VFS. */
static void
tell_vfs(int type, const struct cdev_rep *rep)
{
	struct message m;

	memset(&m, 0, sizeof m);
	m.m_type = type;
	memcpy(m.m_body, rep, sizeof *rep);
	(void)asynsend3(VFS_PROC_NR, &m, 0); /* without VFS nobody asks */
}

void
chardriver_reply(int minor, uint32_t id, int status, uint32_t bytes)
{
	struct cdev_rep rep = { id, minor, status, bytes };

	if (status == CHARDRIVER_REFUSED)
		rep.status = -EIO;
	else if (status == -EIO && driver->cannot_fail)
		panic("%s: what cannot fail has failed", driver->name);
	tell_vfs(CDEV_REPLY, &rep);
}

void
chardriver_ready(int minor, uint32_t ops)
{
	struct cdev_rep rep = { 0, minor, OK, ops };

	tell_vfs(CDEV_SELECT_READY, &rep);
}

static int
do_open(const struct cdev_io *io)
{
	return driver->open != NULL ? driver->open(io) : -ENODEV;
}

static int
do_select(const struct cdev_io *io, uint32_t *ready)
{
	if (driver->select != NULL)
		driver->select(io->minor, io->flags, ready);
	else
		*ready = io->flags & (CDEV_OP_RD | CDEV_OP_WR);
	return OK;
}

/* Run the operation; what it moved goes to *bytes. */
static int
operate(int type, const struct cdev_io *io, uint32_t *bytes)
{
	switch (type) {
	case CDEV_OPEN:
		return do_open(io);
	case CDEV_CLOSE:
		if (driver->close != NULL)
			driver->close(io->minor);
		return OK;
	case CDEV_READ:
		return driver->read != NULL ? driver->read(io, bytes) : -EIO;
	case CDEV_WRITE:
		return driver->write != NULL ? driver->write(io, bytes) : -EIO;
	case CDEV_IOCTL:
		return driver->ioctl != NULL ? driver->ioctl(io) : -ENOTTY;
	case CDEV_SELECT:
		return do_select(io, bytes);
	default:
		return -ENOSYS;
	}
}

static void
message_in(const struct message *m, int status)
{
	struct cdev_req req;
	struct cdev_io io;
	uint32_t bytes = 0;
	int r;

	if (m->m_source != VFS_PROC_NR || is_ipc_notify(status)) {
		if (IPC_STATUS_CALL(status) == SENDREC)
			server_reply(m->m_source, -EPERM, NULL, 0);
		return;
	}
	memcpy(&req, m->m_body, sizeof req);
	if (m->m_type == CDEV_CANCEL) {
		if (driver->cancel != NULL)
			driver->cancel(req.minor, req.id);
		return;
	}
	io = (struct cdev_io){ req.id, req.minor, req.gid, req.bytes, req.flags,
		req.request, req.user, req.pgrp, req.tty, req.position };
	r = operate(m->m_type, &io, &bytes);
	if (r != SUSPEND)
		chardriver_reply(req.minor, req.id, r, bytes);
}

int
chardriver_run(const struct chardriver *drv)
{
	struct server srv = {
		.name = drv->name,
		.init_fresh = drv->init_fresh,
		.init_restart = drv->init_restart,
		.irq = drv->irq,
		.alarm = drv->alarm,
		.signal = drv->signal,
		.notified = drv->notified,
		.dump = drv->dump,
		.other = message_in,
	};

	driver = drv;
	return server_run(&srv);
}
