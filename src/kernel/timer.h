/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Time in ticks, and what is to happen after some of them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/types.h>

extern clock_ticks clock_uptime; /**< ticks since boot; timer.c */
extern uint32_t clock_hz;        /**< ticks a second; timer.c */

/** An event in the future; in a list sorted by time. */
struct timer {
	struct timer *next;
	clock_ticks expires;
	bool armed;
	void (*fire)(struct timer *t); /**< called in the clock interrupt */
};

/**
 * Arm a timer, or arm it anew.
 *
 * @param[in,out] t      belongs to the caller, who must not free it while armed
 * @param[in]     ticks  from now, at least 1
 * @param[in]     fire   called in the clock interrupt, the timer being disarmed
 * @source own design
 */
void timer_set(struct timer *t, clock_ticks ticks,
    void (*fire)(struct timer *));

/**
 * Disarm a timer; it need not be armed.
 *
 * @param[in,out] t  timer
 * @source own design
 */
void timer_clear(struct timer *t);

/**
 * Time until a timer fires.
 *
 * @param[in] t  timer
 * @return ticks; 0: it is not armed
 * @source own design
 */
clock_ticks timer_left(const struct timer *t);

/**
 * Fire the timers whose time has come. For the clock.
 * @source own design
 */
void timers_fire(void);
