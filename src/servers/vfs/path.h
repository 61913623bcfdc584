/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Paths. VFS walks them itself and asks file servers for one name at a time.
 */
#pragma once

#include "servers/vfs/fproc.h"
#include "servers/vfs/vnode.h"

#define LINKS_MAX 8 /* symbolic links followed on one path */

#define PATH_NOFOLLOW 1 /* a symbolic link at the end is meant itself */

/**
 * Fetch a path of the caller into a buffer of the worker.
 *
 * @param[in]  fp    process
 * @param[in]  addr  of the path, in the process
 * @param[in]  len   with the NUL
 * @param[out] buf   PATH_MAX bytes
 *
 * @retval OK             a NUL-terminated path of at least one character
 * @retval -ENAMETOOLONG  longer than PATH_MAX
 * @retval -ENOENT        empty
 * @retval -EINVAL        a NUL inside, or none at the end
 * @retval -EFAULT        not readable
 */
int path_fetch(struct fproc *fp, vir_bytes addr, uint32_t len, char *buf);

/**
 * Find what a path names. Blocks the worker.
 *
 * @param[in]  fp     process: its root, working directory and rights count
 * @param[in]  path   path; is not changed
 * @param[in]  flags  PATH_NOFOLLOW
 * @param[out] vp     vnode, with a reference for the caller
 *
 * @retval OK, -ENOENT, -ENOTDIR, -EACCES, -ELOOP, -ENAMETOOLONG, -EIO, -ENFILE
 */
int path_walk(struct fproc *fp, const char *path, int flags, struct vnode **vp);

/**
 * Follow one symbolic link at the end of a path. Blocks the worker.
 *
 * @param[in]     fp    process
 * @param[in,out] path  path, PATH_MAX bytes of room; becomes the path of what
 *                      the link names, or stays if it names no link
 *
 * @return as path_walk()
 */
int path_follow(struct fproc *fp, char *path);

/**
 * Find the directory of the last name of a path. Blocks the worker.
 *
 * @param[in]  fp    process
 * @param[in]  path  path
 * @param[out] dir   directory, with a reference
 * @param[out] last  the name, in the worker's scratch buffer: valid until the
 *                   next walk; "." and ".." are possible
 *
 * @return as path_walk(); -EBUSY for "/"
 */
int path_parent(struct fproc *fp, const char *path, struct vnode **dir,
    const char **last);

/**
 * Look one name up. Blocks the worker.
 *
 * @param[in]  fp    process
 * @param[in]  dir   directory
 * @param[in]  name  name
 * @param[out] out   vnode with a reference; what is mounted there, if anything
 *
 * @return as path_walk()
 */
int path_step(struct fproc *fp, struct vnode *dir, const char *name,
    struct vnode **out);

/**
 * May a process use a node?
 *
 * @param[in] fp    process
 * @param[in] vp    vnode
 * @param[in] want  R_OK | W_OK | X_OK
 * @param[in] real  judge by the real ids, not the effective ones
 *
 * @retval OK       yes
 * @retval -EACCES  no
 * @retval -EROFS   a write, and the file system is mounted read-only
 */
int access_check(const struct fproc *fp, const struct vnode *vp, int want,
    bool real);
