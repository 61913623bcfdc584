/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * File servers that die and come back. VFS hears from DS where the new server
 * is, has it mount what the old one had, and makes it know the nodes that are
 * in use: what was written to the disk is there again, under the same
 * descriptors. What was only in the old server's memory is lost, and those who
 * have such a file open are told, see servers/vfs/unsynced.h.
 *
 * A program's request that meets a dead server, or one that dies over it, waits
 * for the next one and is then made again from its beginning; unless it has
 * asked a server to change something, for nobody knows how far that came: then
 * it fails with -EIO.
 */
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dev.h"
#include "servers/vfs/lost.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/services.h"
#include "servers/vfs/worker.h"

#define RETURN_S   60   /* seconds: RS waits for half of that at most */
#define LOOK_AGAIN 1000 /* milliseconds, if there are no news */

void
mount_news(endpoint_t from)
{
	(void)from; /* who looks finds out what it was */
	select_news();
}

/* Have a new server mount what the old one had. */
static int
remount(struct mount *mnt, endpoint_t ep)
{
	struct fs_mount_req req = { mnt->dev, dev_driver(mnt->dev),
		mnt->readonly };
	struct fs_mount_rep rep;
	int r;

	if (req.driver == NONE)
		return -ENXIO;
	r = fs_turn_begin(&mnt->fs);
	if (r != OK)
		return r;
	mnt->fs.ep = mnt->server = ep;
	vnode_forget_all(mnt);
	r = fs_exchange(&mnt->fs, FS_MOUNT, &req, sizeof req, &rep, sizeof rep);
	/* Who unmounts it just now has its turn after us. */
	if (r == OK && mnt->root != NULL) {
		lost_end(mnt, rep.clean != 0);
		mnt->root->fs_refs = 1;
		vnode_remember_all(mnt);
	}
	if (mnt->fs.ep == NONE)
		r = -EIO; /* this one has died, too */
	else if (r != OK)
		mnt->fs.ep = mnt->server = NONE; /* to try again */
	fs_turn_end(&mnt->fs);
	return r;
}

/* Look for the server of a mount until it is back or RS has given it up, or
 * the mount is not wanted any more. */
static int
revive(struct mount *mnt)
{
	clock_ticks now, end;
	endpoint_t ep;
	int r = getticks(&now);

	end = now + RETURN_S * sys_hz();
	while (r == OK && (int32_t)(end - now) > 0 && mnt->root != NULL &&
	    service_exists(mnt->label)) {
		(void)service_listen(); /* or else look from time to time */
		if (service_find(mnt->label, &ep) == OK && ep != mnt->server &&
		    mnt->root != NULL && remount(mnt, ep) == OK)
			return OK;
		select_pause(LOOK_AGAIN);
		r = getticks(&now);
	}
	return -EIO;
}

static void
revive_run(struct worker *w)
{
	struct mount *mnt = &mounts[w->in.m_type];
	int r = revive(mnt);

	printf("vfs: %s %s\n", mnt->label,
	    r == OK ? "is back" : "does not come back");
	if (r != OK)
		lost_end(mnt, false);
	mnt->lost = false;
	worker_wake_all(WAIT_SERVER, NULL, OK);
}

int
mount_wait(const struct fs_peer *fs)
{
	const struct mount *mnt = mounts;
	int r = OK;

	while (mnt < mounts + NR_MOUNTS && &mnt->fs != fs)
		mnt++;
	if (mnt == mounts + NR_MOUNTS || !mnt->lost)
		return -EIO;
	while (mnt->lost && r == OK)
		r = worker_wait(WAIT_SERVER, NULL);
	return r;
}

void
mount_lost(const struct fs_peer *fs)
{
	struct message which = { 0 };
	struct mount *mnt = mounts;

	while (mnt < mounts + NR_MOUNTS && &mnt->fs != fs)
		mnt++;
	/* A mount that is being made, or ends, is somebody's request. */
	if (mnt == mounts + NR_MOUNTS || !mnt->used || mnt->root == NULL ||
	    mnt->lost)
		return;
	lost_begin(mnt);
	which.m_type = mnt - mounts;
	mnt->lost = worker_start(NULL, &which, revive_run, true) == OK;
}
