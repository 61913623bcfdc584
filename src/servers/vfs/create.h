/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Making nodes, and removing their names.
 */
#pragma once

#include "servers/vfs/fproc.h"
#include "servers/vfs/vnode.h"

/**
 * Make a node, other than a link, in a directory.
 *
 * @param[in]  fp    process that will own it
 * @param[in]  dir   directory
 * @param[in]  name  new name
 * @param[in]  mode  type and permissions
 * @param[in]  rdev  device number, of device nodes
 * @param[out] vp    vnode, with a reference
 *
 * @retval OK, -EACCES, -EROFS, -EEXIST, -ENOSPC, -EIO, -ENAMETOOLONG
 */
int node_create(struct fproc *fp, struct vnode *dir, const char *name,
    uint32_t mode, uint32_t rdev, struct vnode **vp);

/**
 * Remove a name from a directory; it is not that of a directory.
 *
 * @param[in] fp    process whose rights count
 * @param[in] dir   directory
 * @param[in] name  name there, not "." or ".."
 *
 * @retval OK, -EACCES, -EPERM, -EROFS, -ENOENT, -EISDIR, -EIO
 */
int node_unlink(struct fproc *fp, struct vnode *dir, const char *name);
