/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service again after its end: at once the first time, after a
 * crash that was not its first when some periods have passed.
 */
#pragma once

#include "servers/rs/table.h"

/** Start a service again that has ended, now or later. */
void service_revive(struct rproc *rp);

/** Start a service that has no process if it is time. */
void revive_step(struct rproc *rp, clock_ticks now);
