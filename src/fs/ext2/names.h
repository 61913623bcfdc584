/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What operations on names have in common.
 */
#pragma once

#include "fs/ext2/inode.h"

/** Is it "." or ".."? */
bool name_is_dot(const char *name);

/**
 * A directory VFS names.
 *
 * @retval OK        *dp is it; the reference stays VFS's
 * @retval -EINVAL   VFS holds no such reference
 * @retval -ENOTDIR  it is none
 * @source own design
 */
int names_dir(uint32_t ino, struct inode **dp);

/**
 * A directory in which a name will be changed. Errors as of names_dir().
 *
 * @retval -EROFS   nothing may be written
 * @retval -ENOENT  the directory was removed
 * @retval -EINVAL  the name is "." or ".."
 * @source own design
 */
int names_dir_change(uint32_t ino, const char *name, struct inode **dp);

/** Change the number of names an inode has. @source layout.h */
void names_count(struct inode *ip, int by);
