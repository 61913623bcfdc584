/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Processes that compute share the processor: equal ones
 * about equally, a nice one gets less but is not starved, one that waits for
 * something runs promptly whoever computes; time is charged to who uses it;
 * impossible priorities are refused.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test/program/program.h"

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* arguments are right */
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Compute for a while; tell how much was done. */
static pid_t
worker(int nice_by, int out)
{
	unsigned int rounds = 0, i;
	volatile unsigned int x = 1;
	pid_t pid = fork();
	int64_t end;

	if (pid != 0)
		return pid;
	if (nice_by != 0)
		(void)nice(nice_by); /* the result shows */
	end = now_ms() + 1500;
	while (now_ms() < end) {
		for (i = 0; i < 2000; i++)
			x = x * 3 + 1;
		rounds++;
	}
	(void)!write(out, &rounds, sizeof rounds);
	_exit(0);
}

static unsigned int
result(int fd[2])
{
	unsigned int n = 0;

	CHECK(read(fd[0], &n, sizeof n) == sizeof n);
	close(fd[0]);
	close(fd[1]);
	return n;
}

static void
shares(int nice_by)
{
	int a[2] = { -1, -1 }, b[2] = { -1, -1 };
	unsigned int na, nb;
	pid_t pa, pb;

	CHECK(pipe(a) == 0 && pipe(b) == 0);
	pa = worker(0, a[1]);
	pb = worker(nice_by, b[1]);
	CHECK(child_end(pa) == 0 && child_end(pb) == 0);
	na = result(a);
	nb = result(b);
	(void)report_note("shares %u %u", na, nb);
	if (nice_by == 0)
		CHECK(na < 2 * nb && nb < 2 * na);
	else
		CHECK(nb > 0 && nb < na + na / 4);
}

/* While four others compute, sleeping and waking is prompt. */
static void
prompt(void)
{
	int fd[2], i, late = 0;
	pid_t pid[4];
	int64_t start;

	CHECK(pipe(fd) == 0);
	for (i = 0; i < 4; i++)
		pid[i] = worker(0, fd[1]);
	for (i = 0; i < 10; i++) {
		start = now_ms();
		pause_ms(50);
		late += now_ms() - start > 200;
	}
	CHECK(late <= 2);
	for (i = 0; i < 4; i++)
		CHECK(child_end(pid[i]) == 0);
	close(fd[0]);
	close(fd[1]);
}

static void
charged(void)
{
	struct tms before, after;
	int fd[2];
	pid_t pid;

	CHECK(pipe(fd) == 0);
	(void)times(&before);
	pid = worker(0, fd[1]);
	CHECK(child_end(pid) == 0 && result(fd) > 0);
	(void)times(&after);
	CHECK(after.tms_cutime + after.tms_cstime - before.tms_cutime -
		before.tms_cstime >
	    100);
	CHECK(after.tms_utime - before.tms_utime < 20); /* we waited */
}

static void
priorities(void)
{
	CHECK(setpriority(PRIO_PROCESS, 0, 5) == 0);
	CHECK(getpriority(PRIO_PROCESS, 0) == 5);
	CHECK(setpriority(PRIO_PROCESS, 0, 0) == 0);
	CHECK(setpriority(PRIO_PROCESS, 30000, 0) == -1 && errno == ESRCH);
	(void)setpriority(PRIO_PROCESS, 0, 1000); /* clipped or refused */
	CHECK(getpriority(PRIO_PROCESS, 0) <= 20);
	(void)setpriority(PRIO_PROCESS, 0, 0);
	CHECK(setpriority(99, 0, 0) == -1 && errno == EINVAL);
}

int
main(int argc, char **argv)
{
	(void)report_begin("sched-fair", argc > 1 ? argv[1] : NULL);
	shares(0);
	shares(10);
	prompt();
	charged();
	priorities();
	return report_end();
}
