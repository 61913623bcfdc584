/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The clocks of services: to initialise, to end, to answer a ping, to be
 * started again.
 */
#pragma once

#include <abi/types.h>
#include <lacuna/syslib.h>

#define RS_DELTA_T sys_hz() /* period of the supervision, in ticks */

/** Have the clock wake us after a period. */
void supervise_start(void);

/** Look after all services; called once a period. */
void supervise(clock_ticks now);

/** Take a service's sign of life. */
void supervise_pong(endpoint_t from);
