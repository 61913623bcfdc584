/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service that has a row and a program but no process.
 */
#pragma once

#include "servers/rs/table.h"

/**
 * Make a process for a service, with its program and its privileges. It
 * cannot run yet, and nobody has heard of it.
 *
 * @return OK, or an error: nothing is left of the attempt
 */
int service_create(struct rproc *rp);

/**
 * Let a service run that has been created. Others are told where it is before
 * that, so they cannot miss a service that already speaks.
 *
 * @param[in] init_type  see enum sef_init_type
 *
 * @retval OK  it runs and has been asked to initialise
 * @return or an error: its process is gone
 */
int service_run(struct rproc *rp, int init_type);

/** Both. @return OK, or an error: nothing is left of the attempt */
int service_start(struct rproc *rp, int init_type);
