/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a file server has said is done, and may not have on its disk yet. When
 * the server dies, that is lost, and those who have such a file open are told:
 * once for each open file, at the next write, fsync or close.
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

/** All that was changed is on the disk, or known to be lost. */
void unsynced_clear(struct mount *mnt);
