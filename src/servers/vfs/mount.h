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
 * @param[in] fs        endpoint of the file server
 * @param[in] dev       device
 * @param[in] readonly  refuse writes
 * @param[in] on        directory, whose reference is taken over on success
 * @param[in] special   node of the device or NULL; likewise
 *
 * @retval OK       mounted
 * @retval -ENFILE  too many mounts
 * @retval -EBUSY   the device or directory is taken
 * @retval -ENXIO   nobody serves the device
 * @return otherwise the file server's error
 */
int mount_fs(endpoint_t fs, uint32_t dev, bool readonly, struct vnode *on,
    struct vnode *special);

/**
 * Take a file system out again.
 *
 * @param[in] mnt  mount, not the root
 *
 * @retval OK      gone
 * @retval -EBUSY  somebody uses it, or it is the root
 * @return otherwise the file server's error
 */
int mount_umount(struct mount *mnt);

/** Wait until the root file system is there. @return OK or -EIO */
int mount_wait_root(void);

/** Start mounting the root; the answer comes when it comes. */
void mount_root_start(void);

/** Write everything back. @return OK or the first error */
int mount_sync_all(void);

/** Unmount everything for the end of the run. */
void mount_umount_all(void);
