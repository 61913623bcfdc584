/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The device map, see servers/vfs/dmap.h. */
#include "servers/vfs/dmap.h"

#include <abi/dev.h>
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <proto/rs.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/fproc.h"
#include "servers/vfs/services.h"
#include "servers/vfs/vnode.h"
#include "servers/vfs/watch.h"
#include "servers/vfs/worker.h"

static struct dmap dmap[NR_MAJORS];

/* The pipe server was started again; the pipes there were are gone. */
static void
pipe_server_set(endpoint_t ep)
{
	if (pipe_mount.fs.ep == ep)
		return;
	if (pipe_mount.fs.ep != NONE)
		fs_died(pipe_mount.fs.ep);
	vnode_orphan(&pipe_mount);
	pipe_mount.fs.ep = ep;
}

/* Put a driver into the map, or take it out for good; a major that RS has
 * accepted. */
static void
driver_set(uint32_t major, endpoint_t driver, bool block)
{
	struct dmap *d = &dmap[major];

	d->returns = false;
	if (major == PIPE_MAJOR) {
		pipe_server_set(driver);
	} else {
		d->driver = d->peer.ep = driver;
		d->owed = 0;
		d->block = block;
	}
	worker_wake_all(WAIT_DRIVER, NULL, OK);
	select_news();
}

int
dmap_init(void)
{
	const struct rprocpub *row, *table = services_read();
	struct dmap *d;

	for (d = dmap; d < dmap + NR_MAJORS; d++)
		d->driver = d->peer.ep = NONE;
	if (table == NULL)
		return -EIO;
	for (row = table; row < table + NR_SYS_PROCS; row++)
		if (row->in_use != 0 && row->dev_nr > 0 &&
		    row->dev_nr < NR_MAJORS)
			driver_set((uint32_t)row->dev_nr, row->endpoint,
			    (row->dev_flags & RS_DEV_BLOCK) != 0);
	return OK;
}

struct dmap *
dmap_find(uint32_t dev)
{
	uint32_t major = dev_major(dev);

	if (major >= NR_MAJORS || dmap[major].driver == NONE)
		return NULL;
	return &dmap[major];
}

struct fs_peer *
dmap_peer(endpoint_t ep)
{
	struct dmap *d;

	for (d = dmap; d < dmap + NR_MAJORS; d++)
		if (d->block && d->peer.ep == ep)
			return &d->peer;
	return NULL;
}

struct dmap *
dmap_of(endpoint_t ep)
{
	struct dmap *d;

	for (d = dmap; d < dmap + NR_MAJORS; d++)
		if (d->driver == ep)
			return d;
	return NULL;
}

void
dmap_died(endpoint_t ep)
{
	struct dmap *d = dmap_of(ep);

	if (pipe_mount.fs.ep == ep) {
		d = &dmap[PIPE_MAJOR];
		vnode_orphan(&pipe_mount);
	}
	if (d == NULL)
		return;
	d->driver = NONE;
	d->returns = true;
}

bool
dmap_returns(uint32_t dev)
{
	uint32_t major = dev_major(dev);

	return major < NR_MAJORS && dmap[major].returns;
}

int
dmap_wait(uint32_t dev)
{
	const uint32_t since = watch_time();
	int r = OK;

	while (r == OK && dmap_returns(dev)) {
		if (watch_time() - since > PATIENCE)
			return -EIO;
		watch_begin();
		r = worker_wait(WAIT_DRIVER, NULL);
	}
	return r;
}

/* File systems on a device go on with its new driver. RS is not kept waiting
 * for them. The major number is in the type of the message. */
static void
mounts_tell(struct worker *w)
{
	const uint32_t major = (uint32_t)w->in.m_type;
	struct fs_newdriver_req req;
	int i;

	for (i = 0; i < NR_MOUNTS; i++) {
		if (!mounts[i].used || dev_major(mounts[i].dev) != major)
			continue;
		req.dev = mounts[i].dev;
		req.driver = dmap[major].driver;
		(void)fs_call(&mounts[i].fs, FS_NEWDRIVER, &req, sizeof req,
		    NULL, 0);
	}
}

int
do_vfs_mapdriver(struct fproc *fp, const struct vfs_mapdriver_req *req,
    struct vfs_mapdriver_rep *rep)
{
	struct message which = { 0 };

	(void)rep;
	if (fp->ep != RS_PROC_NR)
		return -EPERM;
	if (req->major >= NR_MAJORS)
		return -EINVAL;
	driver_set(req->major, req->driver, req->block != 0);
	which.m_type = (int32_t)req->major;
	/* Without a worker they find out by themselves, only later. */
	if (req->block && req->driver != NONE)
		(void)worker_start(NULL, &which, mounts_tell, true);
	return OK;
}
