/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From a service's first instruction to the end of its initialisation.
 */
#pragma once

#include <lacuna/ipc.h>

#include "servers/rs/table.h"

/** Ask a service to initialise; from now on it is supervised. */
void init_request(struct rproc *rp, int init_type);

/** Take a service's report. @param[in] m  of type RS_INIT */
void init_report(const struct message *m, int status);

/** A service has ended, or is to be ended, before its report: at its first
 * start it goes down for good. Without effect when it has reported. */
void init_died(struct rproc *rp);

/** Has a service used up its time to initialise? Then it is ended. */
bool init_expired(struct rproc *rp, clock_ticks now);
