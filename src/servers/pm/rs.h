/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What RS asks PM, see <proto/pm_rs.h>.
 */
#pragma once

#include <lacuna/ipc.h>
#include <proto/pm_rs.h>

#include "servers/pm/mproc.h"

/**
 * Do what RS asks, and answer it.
 *
 * @param[in] m  a request, from RS
 */
void rs_request(const struct message *m);

/**
 * Answer RS's PM_RS_FORK: when VFS has answered, or has not in time.
 *
 * @param[in] child   the new process
 * @param[in] status  OK or why there is none
 */
void rs_forked(const struct mproc *child, int status);

/**
 * Make a process for a service. rs_forked() tells RS the end of it.
 *
 * @return OK: it is under way; -EAGAIN no slot; or an error of VM
 */
int service_fork(const struct pm_rs_req *req);

/**
 * Say where a service starts that RS has loaded.
 *
 * @return OK, -ESRCH no such service, or the kernel's error
 */
int service_exec(const struct pm_rs_req *req);

/** End a service. @return OK, or -ESRCH: there is no such service */
int service_kill(endpoint_t ep);
