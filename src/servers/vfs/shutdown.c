/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * VFS's part of the way down. Every mount gets a worker of its own, so that a
 * file server that does not answer keeps no other from its disk; what has not
 * been written back in time is said, and RS told that it is over.
 */
#include "servers/vfs/shutdown.h"

#include <abi/errno.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/shutdown.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/worker.h"

_Static_assert(NR_MOUNTS <= SHUTDOWN_MOUNTS_MAX, "mounts in one message");

#define RELEASE_S  2    /* seconds for the files of processes that stay */
#define UNMOUNT_S  8    /* seconds for the file servers */
#define LOOK_AGAIN 1000 /* milliseconds, if nobody says that it is done */

static bool begun;
static int result; /* the first error of a file server */

/* Workers that have not done their part, of each kind. */
enum part {
	RELEASE,
	UNMOUNT,
	PARTS
};

static int working[PARTS];

bool
shutdown_begun(void)
{
	return begun;
}

static void
tell_rs(int type, const void *payload, size_t size)
{
	struct message m;

	memset(&m, 0, sizeof m);
	m.m_type = type;
	memcpy(m.m_body, payload, size);
	(void)asynsend3(RS_PROC_NR, &m, AMF_NOREPLY); /* or it goes on alone */
}

/* The file servers in use. */
static void
mounts_tell(void)
{
	struct shutdown_mounts mounted = { 0 };
	const struct mount *mnt;

	for (mnt = mounts; mnt < mounts + NR_MOUNTS; mnt++)
		if (mnt->used && !mnt->apart)
			mounted.ep[mounted.n++] = mnt->fs.ep;
	tell_rs(SHUTDOWN_MOUNTS, &mounted, sizeof mounted);
}

/* A worker has done its part: the one that waits looks. */
static void
part_done(enum part part, int status)
{
	if (result == OK)
		result = status;
	working[part]--;
	select_news();
}

/* Start a worker for a part. */
static void
part_start(enum part part, const struct message *m,
    void (*run)(struct worker *w))
{
	working[part]++;
	if (worker_start(NULL, m, run, true) != OK)
		part_done(part, -EAGAIN);
}

/* Wait for the workers, but not for ever. */
static void
parts_wait(enum part part, uint32_t seconds)
{
	clock_ticks now, end;
	int r = getticks(&now);

	end = now + seconds * sys_hz();
	while (r == OK && working[part] > 0 && (int32_t)(end - now) > 0) {
		select_pause(LOOK_AGAIN);
		r = getticks(&now);
	}
}

/* Close what users that would not end have open. */
static void
release_run(struct worker *w)
{
	struct fproc *fp;

	w->dying = true; /* it waits little */
	for (fp = fproc; fp < fproc + NR_PROCS; fp++)
		if (fp->flags & FP_IN_USE && !(fp->flags & FP_SERVICE))
			fproc_release(fp);
	part_done(RELEASE, OK);
}

/* Write one file system back and let its server go. */
static int
unmount(struct mount *mnt)
{
	char none = 0;
	int r = OK, last;

	if (!mnt->readonly)
		r = fs_call(&mnt->fs, FS_SYNC, &none, sizeof none, NULL, 0);
	last = fs_call(&mnt->fs, FS_UNMOUNT, &none, sizeof none, NULL, 0);
	if (last == OK)
		mnt->used = false;
	return r != OK ? r : last;
}

static void
unmount_run(struct worker *w)
{
	struct mount *mnt = &mounts[w->in.m_type];
	int r;

	w->dying = true; /* it waits little */
	r = unmount(mnt);
	if (r != OK)
		printf("vfs: %s does not write device %#x back: %d\n",
		    mnt->label, mnt->dev, r);
	part_done(UNMOUNT, r);
}

static void
files_run(struct worker *w)
{
	struct shutdown_files done;
	struct message which = { 0 };

	(void)w;
	part_start(RELEASE, NULL, release_run);
	parts_wait(RELEASE, RELEASE_S);
	for (; which.m_type < NR_MOUNTS; which.m_type++)
		if (mounts[which.m_type].used && !mounts[which.m_type].apart)
			part_start(UNMOUNT, &which, unmount_run);
	parts_wait(UNMOUNT, UNMOUNT_S);
	done.status = working[UNMOUNT] > 0 ? -ETIMEDOUT : result;
	tell_rs(SHUTDOWN_FILES, &done, sizeof done);
}

bool
shutdown_request(const struct message *m)
{
	if (m->m_type == SHUTDOWN_MOUNTS) {
		begun = true;
		mounts_tell();
		return true;
	}
	if (m->m_type != SHUTDOWN_FILES)
		return false;
	if (worker_start(NULL, m, files_run, true) != OK)
		printf("vfs: no worker to write everything back\n");
	return true;
}
