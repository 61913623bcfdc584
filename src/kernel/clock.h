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

/** Start the tick, read the date. */
void clock_init(void);

/** The clock interrupt. @param[in] user  it came from user mode */
void clock_tick(bool user);

/**
 * Arm a timer (again).
 * @param[in] ticks  from now, at least 1
 */
void timer_set(struct timer *t, clock_ticks ticks,
    void (*fire)(struct timer *));

/** Disarm a timer; it need not be armed. */
void timer_clear(struct timer *t);

/** Ticks until a timer fires; 0: it is not armed. */
clock_ticks timer_left(const struct timer *t);

/**
 * Set the alarm of a service, a notification from CLOCK.
 * @param[in] ticks  from now; 0: off
 * @return ticks that were left of its previous alarm
 */
clock_ticks clock_alarm(struct priv *priv, clock_ticks ticks);
