/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The clocks of services: to initialise, to end, to answer a ping, to be
 * started again.
 */
#pragma once

#include <lacuna/syslib.h>

#include "servers/rs/table.h"

#define RS_DELTA_T sys_hz() /* period of the supervision, in ticks */

/** Have the clock wake us after a period. */
void supervise_start(void);

/**
 * Look after all services: when the clock has woken us.
 *
 * @param[in] now  when that was
 */
void supervise(clock_ticks now);

/**
 * Has a service missed a deadline, with RS having seen all that it may have
 * sent in time? Asked at each look.
 *
 * @param[in,out] missed the deadline that it had missed at the last look
 * @param[in] deadline     0: none
 * @param[in] now          time of the look
 * @return whether it has
 */
bool supervise_overdue(clock_ticks *missed, clock_ticks deadline,
    clock_ticks now);

/** Has a debugger stopped a service? Costs a kernel call.
 * @param[in] rp  service that runs @return whether it has */
bool supervise_debugged(const struct rproc *rp);

/** Take a service's sign of life. */
void supervise_pong(endpoint_t from);
