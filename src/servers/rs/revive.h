/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Starting a service again after its end, as its policy says: at once, after a
 * pause, or not at all when it has failed too often. Where the policy has more
 * to say than "at once", a script may say it instead: servers/rs/recovery.h.
 */
#pragma once

#include "servers/rs/table.h"

/** Start a service again that has ended, now or later. If it has failed too
 * often in a row it is given up: it stays in the table, without a process. */
void service_revive(struct rproc *rp);

/** Pause before a service that has failed is started again, or give it up. */
void revive_by_policy(struct rproc *rp);

/** Start it again at the next look, but once a period at most. */
void revive_soon(struct rproc *rp);

/** A service could not be started again: whoever waits for it is told, and it
 * is tried again, soon the first time. */
void revive_later(struct rproc *rp, int result);

/** Start a service that has no process if it is time. */
void revive_step(struct rproc *rp, clock_ticks now);

/** Somebody wants another try: forget the failures of a service. */
void revive_forgive(struct rproc *rp);
