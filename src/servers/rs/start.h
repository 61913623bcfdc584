/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service that has a row and a program but no process.
 */
#pragma once

#include "servers/rs/table.h"

/**
 * Start a service.
 *
 * @param[in] init_type  see enum sef_init_type
 *
 * @retval OK  it runs and has been asked to initialise
 * @return or an error: nothing is left of the attempt
 */
int service_start(struct rproc *rp, int init_type);
