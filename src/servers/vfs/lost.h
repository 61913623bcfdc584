/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Telling those who have files open of what a file server that died has lost,
 * see servers/vfs/unsynced.h.
 */
#pragma once

#include "servers/vfs/vnode.h"

/** The server of a mount has died: who asks now waits for what comes out. */
void lost_begin(const struct mount *mnt);

/**
 * It has come out what is lost.
 *
 * @param[in] mnt    mount
 * @param[in] clean  nothing is: the server had written all before its end
 */
void lost_end(struct mount *mnt, bool clean);

/** A file is opened. @param[in,out] f  it: gets what was lost before */
void lost_open(struct filp *f);

/**
 * Is there a loss to tell? Then it is told now, and not again. Blocks the
 * worker while it is not known yet.
 *
 * @param[in] f     open file
 * @param[in] sync  the caller asks whether all is on the disk
 * @retval OK    no
 * @retval -EIO  yes
 */
int lost_take(struct filp *f, bool sync);

/**
 * A request about a file has failed. If its server died with it, that is how
 * the caller is told.
 *
 * @param[in] f     open file
 * @param[in] life  of its server, before the request
 */
void lost_told(struct filp *f, uint32_t life);
