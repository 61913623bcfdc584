/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Telling of what is lost, see servers/vfs/lost.h. */
#include "servers/vfs/lost.h"

#include <abi/errno.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/unsynced.h"
#include "servers/vfs/worker.h"

/* Files that are open on a mount, with changes that may be lost. */
static bool
concerns(const struct filp *f, const struct mount *mnt)
{
	return f->refs > 0 && f->vp->mnt == mnt &&
	    unsynced_is(mnt, f->vp->n.ino);
}

void
lost_begin(const struct mount *mnt)
{
	struct filp *f;

	FOR_EACH_FILP(f)
	if (concerns(f, mnt))
		f->loss = LOSS_PERHAPS;
}

void
lost_end(struct mount *mnt, bool clean)
{
	struct filp *f;

	FOR_EACH_FILP(f)
	{
		if (!concerns(f, mnt) || f->loss != LOSS_PERHAPS)
			continue;
		f->loss =
		    clean || f->told == mnt->fs.life ? LOSS_NONE : LOSS_TO_TELL;
	}
	unsynced_end(mnt, !clean);
}

void
lost_open(struct filp *f)
{
	if (unsynced_is_untold(f->vp->mnt, f->vp->n.ino))
		f->loss = LOSS_AT_SYNC;
}

int
lost_take(struct filp *f, bool sync)
{
	while (f->loss == LOSS_PERHAPS && f->vp->mnt->lost)
		if (worker_wait(WAIT_SERVER, NULL) != OK)
			break; /* the caller does not wait: say the worst */
	if (f->loss == LOSS_NONE || (f->loss == LOSS_AT_SYNC && !sync))
		return OK;
	f->loss = LOSS_NONE;
	unsynced_told(f->vp->mnt, f->vp->n.ino);
	return -EIO;
}

void
lost_told(struct filp *f, uint32_t life)
{
	if (f->vp->mnt->fs.life != life)
		f->told = f->vp->mnt->fs.life;
}
