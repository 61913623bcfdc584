/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of timers, alarms and virtual timers.
 */
#include "kernel/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/arch/i386/devices.h"
#include "kernel/ipc/ipc.h"
#include "kernel/klog.h"
#include "kernel/params.h"
#include "kernel/priv.h"
#include "kernel/sched.h"
#include "kernel/signal.h"

struct proc proc_table[NR_TASKS + NR_PROCS];
struct proc *proc_current;

static struct proc *payer;
static char fired[16]; /* names of timers in the order they fired */
static int alarms, signals[32];
static int log_told; /* times the log driver was told of news */

bool klog_news;

struct proc *
sched_tick(bool user)
{
	return user ? payer : NULL;
}

REGPARM void
ipc_notify(struct proc *from, struct proc *to)
{
	(void)from, (void)to;
	alarms++;
}

void
ipc_notify_signal(struct proc *to, int sig)
{
	assert_ptr_equal(to, proc_slot(LOG_PROC_NR));
	assert_int_equal(sig, SIGKMESS);
	log_told++;
}

void
cause_sig(struct proc *p, int sig)
{
	(void)p;
	signals[sig]++;
}

uint32_t
param_number(const char *key, uint32_t otherwise)
{
	(void)key;
	return otherwise;
}

int64_t
rtc_read(void)
{
	return 1000000000;
}

void
pit_start(uint32_t hz)
{
	(void)hz;
}

void
pic_set(int line, bool enable)
{
	(void)line, (void)enable;
}

static void
fire_a(struct timer *t)
{
	(void)t;
	strcat(fired, "a");
}

static void
fire_b(struct timer *t)
{
	strcat(fired, "b");
	if (strlen(fired) < 4)
		timer_set(t, 2, fire_b);
}

static void
ticks(int n)
{
	while (n-- > 0)
		clock_tick(true);
}

static int
begin(void **state)
{
	(void)state;
	memset(fired, 0, sizeof fired);
	memset(signals, 0, sizeof signals);
	payer = proc_current = proc_slot(20);
	memset(payer, 0, sizeof *payer);
	return 0;
}

static void
timers_fire_in_order(void **state)
{
	static struct timer a, b, c;

	(void)state;
	timer_set(&b, 3, fire_b);
	timer_set(&a, 2, fire_a);
	timer_set(&c, 1, fire_b);
	timer_clear(&c);
	timer_clear(&c);
	assert_int_equal(timer_left(&a), 2);
	assert_int_equal(timer_left(&c), 0);
	ticks(1);
	assert_string_equal(fired, "");
	ticks(2);
	assert_string_equal(fired, "ab");
	ticks(4);
	assert_string_equal(fired, "abbb");
	assert_int_equal(timer_left(&b), 0);
}

static void
time_may_wrap(void **state)
{
	static struct timer a, b;

	(void)state;
	clock_uptime = UINT32_MAX - 1;
	timer_set(&a, 1, fire_a);
	timer_set(&b, 4, fire_a);
	ticks(3);
	assert_string_equal(fired, "a");
	ticks(1);
	assert_string_equal(fired, "aa");
}

static void
an_alarm_fires_once(void **state)
{
	static struct priv priv;

	(void)state;
	priv.proc = payer;
	alarms = 0;
	assert_int_equal(clock_alarm(&priv, 5), 0);
	ticks(2);
	assert_int_equal(clock_alarm(&priv, 2), 3);
	ticks(5);
	assert_int_equal(alarms, 1);
	assert_int_equal(clock_alarm(&priv, 1), 0);
	assert_int_equal(clock_alarm(&priv, 0), 1);
	ticks(5);
	assert_int_equal(alarms, 1);
}

static void
virtual_time_is_the_payers(void **state)
{
	(void)state;
	payer->misc_flags = MF_VIRT_TIMER | MF_PROF_TIMER;
	payer->virt_left = payer->prof_left = 3;
	clock_tick(false);
	proc_current = proc_slot(21); /* a service works for the payer */
	ticks(1);
	assert_int_equal(payer->virt_left, 3);
	assert_int_equal(payer->prof_left, 2);
	proc_current = payer;
	ticks(2);
	assert_int_equal(signals[SIGPROF], 1);
	assert_int_equal(signals[SIGVTALRM], 0);
	ticks(5);
	assert_int_equal(signals[SIGPROF], 1);
	assert_int_equal(signals[SIGVTALRM], 1);
}

/* At the next tick, whatever it hits, and once. */
static void
the_log_driver_is_told_of_news(void **state)
{
	(void)state;
	log_told = 0;
	ticks(1);
	assert_int_equal(log_told, 0);
	klog_news = true;
	clock_tick(false);
	assert_int_equal(log_told, 1);
	ticks(3);
	assert_int_equal(log_told, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(timers_fire_in_order, begin),
		cmocka_unit_test_setup(time_may_wrap, begin),
		cmocka_unit_test_setup(an_alarm_fires_once, begin),
		cmocka_unit_test_setup(virtual_time_is_the_payers, begin),
		cmocka_unit_test_setup(the_log_driver_is_told_of_news, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
