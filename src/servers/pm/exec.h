/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A new program in an old process: what comes after VFS has answered.
 */
#pragma once

#include <proto/pm_rs.h>
#include <proto/vfs_pm.h>

#include "servers/pm/proc.h"

/**
 * Second half of exec.
 *
 * @param[in] mp   process
 * @param[in] rep  VFS's answer
 */
void exec_restart(struct mproc *mp, const struct vfs_pm_rep *rep);

/**
 * Say where a service starts that RS has loaded.
 *
 * @param[in] req  RS's request
 * @return OK, -ESRCH no such service, or the kernel's error
 */
int service_exec(const struct pm_rs_req *req);
