/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Death of a process.
 */
#pragma once

#include "servers/pm/proc.h"

/**
 * End a process: everything is given back, children go to init, the parent
 * is told. The slot stays until VFS has answered and the parent collected.
 *
 * @param[in] mp      process, not yet EXITING, no VFS_CALL outstanding
 * @param[in] status  exit code, low 8 bits
 * @param[in] sig     signal that ended it, or 0
 * @param[in] dump    a core file is wanted
 */
void exit_proc(struct mproc *mp, int status, int sig, bool dump);

/**
 * Second half of exit_proc(), when VFS has forgotten the process.
 *
 * @param[in] mp      process
 * @param[in] dumped  VFS has written a core file
 */
void exit_restart(struct mproc *mp, bool dumped);

/**
 * End a service.
 *
 * @param[in] ep  service
 * @return OK, or -ESRCH: there is no such service
 */
int service_kill(endpoint_t ep);
