/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * PM's end of the PM/VFS protocol, see <proto/vfs_pm.h>.
 */
#pragma once

#include <proto/vfs_pm.h>

#include "servers/pm/proc.h"

/**
 * Send VFS a request about a process. One may be outstanding per process.
 *
 * @param[in] mp   process; gets VFS_CALL
 * @param[in] nr   enum vfs_pm_request
 * @param[in] req  its parameters; the endpoint is filled in
 */
void tell_vfs(struct mproc *mp, int nr, struct vfs_pm_req *req);

/**
 * Handle an answer of VFS.
 *
 * @param[in] m  the message
 */
void vfs_answer(const struct message *m);

/**
 * Tell VFS, which is waiting for it, which processes exist at boot.
 *
 * @return OK, or a negative error when VFS is not there
 */
int vfs_announce(void);
