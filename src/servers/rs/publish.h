/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What others are told of services, and what they may read.
 */
#pragma once

#include <lacuna/ipc.h>

#include "servers/rs/table.h"

/**
 * The grant through which every service may read the public table.
 *
 * @return a grant for ANY on NR_SYS_PROCS rows; made at the first call
 */
cp_grant_id_t publish_table_grant(void);

/** Let DS alone know where a service will run. */
void service_name(struct rproc *rp);

/** Tell everybody where a service runs now, or that it is no more. */
void service_publish(struct rproc *rp);
void service_unpublish(struct rproc *rp);

/** Take DS's or VFS's answer to that. */
void publish_answer(const struct message *m);
