/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The tick. The kernel is never interrupted, so it always hits user mode or
 * idle.
 */
#include "kernel/clock.h"

#include "kernel/arch/i386/devices.h"
#include "kernel/ipc/ipc.h"
#include "kernel/irq.h"
#include "kernel/kinfo.h"
#include "kernel/klog.h"
#include "kernel/params.h"
#include "kernel/priv.h"
#include "kernel/sched.h"
#include "kernel/signal.h"

#define HZ_MIN 20 /* the interval timer counts to 65536 */
#define HZ_MAX 1000

int64_t clock_boot_time;

void
clock_init(void)
{
	uint32_t hz = param_number("hz", clock_hz);

	if (hz >= HZ_MIN && hz <= HZ_MAX)
		clock_hz = hz;
	kinfo.hz = clock_hz;
	clock_boot_time = rtc_read();
	pit_start(clock_hz);
	pic_set(CLOCK_IRQ, true);
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
	if (klog_news) {
		klog_news = false;
		ipc_notify_signal(proc_slot(LOG_PROC_NR), SIGKMESS);
	}
}
