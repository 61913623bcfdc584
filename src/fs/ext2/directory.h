/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Directories: finding, adding, removing and listing names. The callers have
 * checked that the inode is a directory and that they may write. All may
 * block. Damage on the disk gives -EIO.
 */
#pragma once

#include <lacuna/fsserver.h>

#include "fs/ext2/inode.h"

/**
 * Find a name.
 *
 * @param[in]  dir   directory
 * @param[in]  name  ends with a NUL
 * @param[out] ino   the inode it names
 *
 * @retval OK       found
 * @retval -ENOENT  not there
 * @retval -EIO     damaged directory
 * @source layout.h
 */
int dir_find(const struct inode *dir, const char *name, uint32_t *ino);

/**
 * Add a name that is not there. The link counts are the caller's affair.
 *
 * @retval OK       added
 * @retval -ENOSPC  no room for a block more
 * @retval -EFBIG   the directory cannot be longer
 * @retval -EIO     damaged directory
 * @source layout.h
 */
int dir_add(struct inode *dir, const char *name, const struct inode *ip);

/** Remove a name. Errors as of dir_find(). */
int dir_remove(struct inode *dir, const char *name);

/** Let a name that is there mean another inode. Errors as of dir_find(). */
int dir_replace(struct inode *dir, const char *name, const struct inode *ip);

/**
 * Make the first block of a new directory, with the names "." and "..".
 * Errors as of dir_add(); it has no blocks then.
 */
int dir_begin(struct inode *dir, const struct inode *parent);

/**
 * Has it no names but "." and ".."?
 *
 * @retval OK          it is empty
 * @retval -ENOTEMPTY  it is not
 * @retval -EIO        damaged directory
 * @source POSIX 2008, rmdir()
 */
int dir_check_empty(const struct inode *dir);

/**
 * List names, as struct abi_dirent. Parameters as of fs_getdents.
 *
 * @retval OK       *bytes is 0 at the end
 * @retval -EINVAL  not even one entry fits
 * @retval -EIO     damaged directory
 * @return or an error of fsserver_put()
 * @source own design
 */
int dir_list(struct inode *dir, const struct fs_io *io, uint32_t *bytes,
    int64_t *position);
