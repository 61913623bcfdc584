/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Timers, in a list sorted by time. */
#include "kernel/timer.h"

#include <stddef.h>

#define HZ_DEFAULT 100

clock_ticks clock_uptime;
uint32_t clock_hz = HZ_DEFAULT;

static struct timer *timers; /* the first to fire */

void
timer_set(struct timer *t, clock_ticks ticks, void (*fire)(struct timer *))
{
	struct timer **link = &timers;

	timer_clear(t);
	t->expires = clock_uptime + ticks;
	t->fire = fire;
	t->armed = true;
	while (*link != NULL && (int32_t)((*link)->expires - t->expires) <= 0)
		link = &(*link)->next;
	t->next = *link;
	*link = t;
}

void
timer_clear(struct timer *t)
{
	struct timer **link = &timers;

	if (!t->armed)
		return;
	while (*link != t)
		link = &(*link)->next;
	*link = t->next;
	t->armed = false;
}

clock_ticks
timer_left(const struct timer *t)
{
	return t->armed ? t->expires - clock_uptime : 0;
}

void
timers_fire(void)
{
	struct timer *t;

	while (
	    timers != NULL && (int32_t)(timers->expires - clock_uptime) <= 0) {
		t = timers;
		timers = t->next;
		t->armed = false;
		t->fire(t);
	}
}
