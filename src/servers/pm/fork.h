/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Birth of a process: what comes after VFS has answered.
 */
#pragma once

#include <proto/pm_rs.h>

#include "servers/pm/proc.h"

/**
 * Second half of fork, when VFS knows the child.
 *
 * @param[in] child   new process
 * @param[in] status  VFS's answer; an error ends the child
 */
void fork_restart(struct mproc *child, int status);

/**
 * Make a process for a service. rs_forked() tells RS the end of it.
 *
 * @param[in] req  RS's request, from it
 * @return OK: it is under way; -EAGAIN no slot; or an error of VM
 */
int service_fork(const struct pm_rs_req *req);
