/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Mounting and unmounting file systems.
 */
#pragma once

#include "servers/vfs/vnode.h"

/**
 * Mount a file system; the root when on is NULL.
 *
 * @param[in] label     of the file server
 * @param[in] fs        its endpoint
 * @param[in] dev       device
 * @param[in] readonly  refuse writes
 * @param[in] on        directory, whose reference is taken over on success
 * @param[in] special   node of the device or NULL; likewise
 *
 * @retval OK       mounted
 * @retval -ENFILE  too many mounts
 * @retval -EBUSY   the device or directory is taken
 * @retval -ENXIO   nobody serves the device
 * @return otherwise as fs_call(). If the server has not answered, its mount
 *         takes its place until it does or ends, and nobody waits for it
 */
int mount_fs(const char *label, endpoint_t fs, uint32_t dev, bool readonly,
    struct vnode *on, struct vnode *special);

/**
 * Take a file system out again.
 *
 * @param[in] mnt  mount, not the root
 *
 * @retval OK      gone
 * @retval -EBUSY  somebody uses it, or it is the root
 * @retval -EIO    its server does not answer: it stays
 * @return otherwise the file server's error; the mount is given up
 */
int mount_umount(struct mount *mnt);

/**
 * Wait until the root file system is there: at boot, and when its server has
 * died.
 *
 * @retval OK      it is
 * @retval -EIO    it cannot be mounted
 * @retval -EINTR  a signal interrupted the wait for its server
 */
int mount_wait_root(void);

/**
 * While the server of a mount is coming back, wait for it. Blocks the worker.
 *
 * @param[in] fs  server, of a mount or not
 *
 * @retval OK      the mount is there again, or given up
 * @retval -EIO    it was not waited for: none of its mounts is coming back
 * @retval -EINTR  a signal interrupted the wait
 */
int mount_wait(const struct fs_peer *fs);

/**
 * A server has died. If it had a mount, that is made again when RS has started
 * the server again; until then requests fail with -EIO.
 *
 * @param[in] fs  whose server
 */
void mount_lost(const struct fs_peer *fs);

/**
 * The server of a mount that is not in the tree owes us nothing any more: it
 * may be used for another.
 *
 * @param[in] fs  server, of a mount or not
 */
void mount_over(const struct fs_peer *fs);

/** A notification: DS says that services have come or gone. @param[in] from
 * whoever sent it */
void mount_news(endpoint_t from);

/** Start mounting the root; the answer comes when it comes. */
void mount_root_start(void);

/** Write everything back. @return OK or the first error */
int mount_sync_all(void);
