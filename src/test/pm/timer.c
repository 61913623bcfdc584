/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Time: alarms come when they should and once, interval
 * timers again and again, virtual ones count only what the process uses;
 * sleeping takes as long as it is asked to; times and clocks agree, and the
 * date can be set.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test/program/program.h"

static volatile int got[32];

static void
on_signal(int sig)
{
	got[sig]++;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool
about(int64_t ms, int64_t wanted)
{
	if (ms >= wanted - 20 && ms <= wanted + 300)
		return true;
	(void)report_obs("failed", "%d ms, not %d", (int)ms, (int)wanted);
	return false;
}

static void
alarms(void)
{
	int64_t start = now_ms();

	CHECK(alarm(5) == 0);
	CHECK(alarm(1) >= 4);
	CHECK(pause() == -1 && errno == EINTR && got[SIGALRM] == 1);
	CHECK(about(now_ms() - start, 1000));
	CHECK(alarm(1) == 0 && alarm(0) == 1);
	pause_ms(1200);
	CHECK(got[SIGALRM] == 1); /* it was taken back */
}

static void
intervals(void)
{
	struct itimerval it = { { 0, 50000 }, { 0, 50000 } }, old;
	struct itimerval off = { { 0, 0 }, { 0, 0 } };
	int64_t start = now_ms();

	got[SIGALRM] = 0;
	CHECK(setitimer(ITIMER_REAL, &it, NULL) == 0);
	while (got[SIGALRM] < 6 && now_ms() - start < 5000)
		(void)pause();
	CHECK(about(now_ms() - start, 300));
	CHECK(getitimer(ITIMER_REAL, &old) == 0);
	CHECK(old.it_interval.tv_usec == 50000 && old.it_value.tv_sec == 0);
	CHECK(setitimer(ITIMER_REAL, &off, NULL) == 0);
}

/* Sleeping does not use up virtual time, computing does. */
static void
virtual_time(void)
{
	struct itimerval it = { { 0, 0 }, { 0, 100000 } };
	int64_t start;

	CHECK(setitimer(ITIMER_VIRTUAL, &it, NULL) == 0);
	pause_ms(400);
	CHECK(got[SIGVTALRM] == 0);
	start = now_ms();
	while (got[SIGVTALRM] == 0 && now_ms() - start < 5000)
		continue;
	CHECK(got[SIGVTALRM] == 1);
}

static int
burn(void)
{
	volatile unsigned int i;

	for (i = 0; i < 1000000; i++)
		continue;
	return 0;
}

static void
accounts(void)
{
	struct tms before, after;
	clock_t start = times(&before), end;
	time_t day = time(NULL);

	CHECK(burn() == 0 && child(burn) == 0);
	end = times(&after);
	CHECK(end > start);
	CHECK(after.tms_utime > before.tms_utime);
	CHECK(after.tms_cutime > before.tms_cutime);
	CHECK(after.tms_utime - before.tms_utime <= end - start + 1);
	CHECK(day > 900000000 && time(NULL) >= day && time(NULL) < day + 10);
}

static void
sleeping(void)
{
	struct timespec t = { 0, 250000000 }, bad = { 0, 1000000000 };
	int64_t start = now_ms();

	CHECK(nanosleep(&t, NULL) == 0 && about(now_ms() - start, 250));
	CHECK(nanosleep(&bad, NULL) == -1 && errno == EINVAL);
	start = now_ms();
	CHECK(sleep(1) == 0 && about(now_ms() - start, 1000));
}

#define DAY 86400

/* The superuser sets the date; time since boot goes on as before. */
static void
date_set(void)
{
	struct timeval tv = { time(NULL) + DAY, 0 };
	const clock_t before = times(NULL);

	CHECK(settimeofday(&tv, NULL) == 0);
	CHECK(time(NULL) - tv.tv_sec <= 2 && time(NULL) >= tv.tv_sec);
	CHECK(times(NULL) - before < 2 * (clock_t)sysconf(_SC_CLK_TCK));
	tv.tv_sec = time(NULL) - DAY;
	CHECK(settimeofday(&tv, NULL) == 0);
	CHECK(time(NULL) - tv.tv_sec <= 2);
}

int
main(int argc, char **argv)
{
	(void)report_begin("pm-timer", argc > 1 ? argv[1] : NULL);
	(void)signal(SIGALRM, on_signal);
	(void)signal(SIGVTALRM, on_signal);
	alarms();
	intervals();
	virtual_time();
	accounts();
	sleeping();
	date_set();
	return report_end();
}
