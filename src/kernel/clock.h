/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The tick, and the date at boot.
 */
#pragma once

#include <abi/types.h>

#include "kernel/timer.h"

struct priv;

extern int64_t clock_boot_time; /**< seconds since 1970; clock.c */

/**
 * Start the tick, at the rate of boot parameter hz, and read the date.
 * @source own design
 */
void clock_init(void);

/**
 * The clock interrupt: accounts, quanta, timers.
 *
 * @param[in] user  it came from user mode, else from idle
 * @source own design
 */
void clock_tick(bool user);

/**
 * Set the alarm of a service, a notification from CLOCK.
 *
 * @param[in,out] priv   the service's own structure
 * @param[in]     ticks  from now; 0: off
 * @return ticks that were left of its previous alarm
 * @source own design, after MINIX 3 sys_setalarm()
 */
clock_ticks clock_alarm(struct priv *priv, clock_ticks ticks);
