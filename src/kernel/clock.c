/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Time. The kernel is never interrupted, so a tick always hits user mode or
 * idle. Timers are in a list sorted by time.
 */
#include "kernel/clock.h"

#include <lacuna/string.h>

#include "kernel/arch/i386/devices.h"
#include "kernel/ipc/ipc.h"
#include "kernel/irq.h"
#include "kernel/params.h"
#include "kernel/priv.h"
#include "kernel/sched.h"
#include "kernel/signal.h"

#define HZ_DEFAULT 100
#define HZ_MIN     20 /* the interval timer counts to 65536 */
#define HZ_MAX     1000

clock_ticks clock_uptime;
uint32_t clock_hz = HZ_DEFAULT;
int64_t clock_boot_time;

static struct timer *timers; /* the first to fire */

void
clock_init(void)
{
	uint32_t hz = param_number("hz", HZ_DEFAULT);

	if (hz >= HZ_MIN && hz <= HZ_MAX)
		clock_hz = hz;
	clock_boot_time = rtc_read();
	pit_start(clock_hz);
	pic_set(CLOCK_IRQ, true);
}

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

static void
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

static void
alarm_fire(struct timer *t)
{
	struct priv *priv =
	    (struct priv *)((char *)t - offsetof(struct priv, alarm));

	if (priv->proc != NULL)
		ipc_notify(proc_slot(endpoint_slot(CLOCK)), priv->proc);
}

clock_ticks
clock_alarm(struct priv *priv, clock_ticks ticks)
{
	clock_ticks left = timer_left(&priv->alarm);

	if (ticks > 0)
		timer_set(&priv->alarm, ticks, alarm_fire);
	else
		timer_clear(&priv->alarm);
	return left;
}

/* One tick less for a virtual timer. */
static void
virtual_tick(struct proc *p, enum misc_flag flag, clock_ticks *left, int sig)
{
	if ((p->misc_flags & flag) == 0 || --*left > 0)
		return;
	p->misc_flags &= ~(uint32_t)flag;
	cause_sig(p, sig);
}

void
clock_tick(bool user)
{
	struct proc *payer;

	clock_uptime++;
	payer = sched_tick(user);
	if (payer != NULL) {
		virtual_tick(payer, MF_PROF_TIMER, &payer->prof_left, SIGPROF);
		if (payer == proc_current)
			virtual_tick(payer, MF_VIRT_TIMER, &payer->virt_left,
			    SIGVTALRM);
	}
	timers_fire();
}
