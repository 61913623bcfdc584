/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a file server has said is done, and may not have on its disk yet. When
 * the server dies, that is lost, and those who have such a file open are told:
 * once for each open file, at the next write, fsync or close. If nobody has it
 * open, and be it because only a name in a directory was changed, those are
 * told who open it next and synchronise it: they mean what was there before,
 * too.
 *
 * A bit stands for each inode that was changed since the file system was last
 * synchronised as a whole. Two inodes whose numbers are UNSYNCED_BITS apart
 * share one; so an error may be told too many, never one too few. Nothing is
 * replayed: VFS would have to keep all data that was ever written until the
 * next sync, which is what the file server's cache is there for.
 */
#pragma once

#include <lacuna/ipc.h>

#include "servers/vfs/vnode.h"

/**
 * A file server has done what it was asked.
 *
 * @param[in] fs   server
 * @param[in] req  request
 * @param[in] rep  answer
 */
void unsynced_note(struct fs_peer *fs, const struct message *req,
    const struct message *rep);

/** Is the inode changed on a mount, and not known to be on the disk? */
bool unsynced_is(const struct mount *mnt, uint32_t ino);

/**
 * All that was changed is on the disk, or lost.
 *
 * @param[in] mnt   mount
 * @param[in] lost  the latter; then those are untold
 */
void unsynced_end(struct mount *mnt, bool lost);

/** Was an inode's change lost, and nobody has been told? */
bool unsynced_is_untold(const struct mount *mnt, uint32_t ino);

/** Somebody has been told. */
void unsynced_told(struct mount *mnt, uint32_t ino);
