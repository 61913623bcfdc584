/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Time: ticks since boot, timers, and the date at boot.
 */
#pragma once

#include <abi/types.h>

struct priv;
struct proc;

/** An event in the future; in a list sorted by time. */
struct timer {
	struct timer *next;
	clock_ticks expires;
	bool armed;
	void (*fire)(struct timer *t); /**< called in the clock interrupt */
};

extern clock_ticks clock_uptime; /**< ticks since boot; clock.c */
extern uint32_t clock_hz;        /**< ticks a second; clock.c */
extern int64_t clock_boot_time;  /**< seconds since 1970; clock.c */

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
 * Set the alarm of a service, a notification from CLOCK.
 *
 * @param[in,out] priv   the service's own structure
 * @param[in]     ticks  from now; 0: off
 * @return ticks that were left of its previous alarm
 * @source own design, after MINIX 3 sys_setalarm()
 */
clock_ticks clock_alarm(struct priv *priv, clock_ticks ticks);
