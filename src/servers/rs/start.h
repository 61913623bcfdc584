/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service that has a row and a program but no process.
 */
#pragma once

#include "servers/rs/table.h"

/**
 * Begin to start a service that has no process and no step under way. When it
 * runs it has been asked to initialise, and everybody has been told where it
 * is. If it cannot be started nothing is left of the attempt: a new service is
 * forgotten, another is tried again later, and whoever waits gets the error.
 *
 * @param[in] init_type  see enum sef_init_type
 */
void service_start(struct rproc *rp, int init_type);

/** PM has made its process, or says why not. */
void start_forked(struct rproc *rp, int status, endpoint_t ep, int32_t pid);

/** PM knows its program, or says what is wrong. */
void start_execed(struct rproc *rp, int status);

/** PM has taken back a process that has never run. */
void start_undone(struct rproc *rp);
