/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Core files, see core(5).
 */
#pragma once

#include <stdbool.h>

struct fproc;
struct vfs_pm_req;

/**
 * Write the core file of a process that ends, in its working directory.
 * Blocks the worker.
 *
 * @param[in] fp   process; nothing of it has been closed
 * @param[in] req  PM's VFS_PM_DUMPCORE
 * @return whether there is a core file; if not, there is no part of one
 */
bool core_dump(struct fproc *fp, const struct vfs_pm_req *req);
