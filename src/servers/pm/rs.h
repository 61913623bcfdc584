/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What RS asks PM, see <proto/pm_rs.h>.
 */
#pragma once

#include <lacuna/ipc.h>
#include <proto/pm_rs.h>

#include "servers/pm/proc.h"

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
