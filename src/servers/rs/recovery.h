/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Recovery scripts: programs that decide, in place of a service's policy, what
 * is done when it has failed and would not be started again at once.
 */
#pragma once

#include "servers/rs/table.h"

/**
 * A service has failed: have its script run.
 *
 * @return whether it does. If not - it has none, or nobody runs it - its
 *         policy decides.
 */
bool recovery_begin(struct rproc *rp);

/**
 * Is there no more to hear of a service's script in time? Then its policy has
 * decided. Asked at each look.
 *
 * @return whether that is so
 */
bool recovery_expired(struct rproc *rp, clock_ticks now);
