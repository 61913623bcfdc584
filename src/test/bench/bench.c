/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The system's own benchmark: each figure is an observation named by its id.
 */
#include "test/bench/bench.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/report/report.h"

#define ROUNDS_MAX 64

static int to_child[2], from_child[2];

static int
by_cost(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int
nothing(void)
{
	return 0;
}

/* Measure, and report a part of the median. */
static void
measure(const char *id, unsigned int rounds, unsigned int divide,
    int (*before)(void), int (*once)(void))
{
	static uint32_t cost[ROUNDS_MAX];
	unsigned int i;
	uint64_t start;
	int r;

	for (i = 0; i < rounds && i < ROUNDS_MAX; i++) {
		r = before();
		start = bench_now();
		if (r < 0 || once() < 0) {
			(void)report_note("%s failed in round %u", id, i);
			return;
		}
		cost[i] = (uint32_t)(bench_now() - start) / divide;
	}
	qsort(cost, i, sizeof cost[0], by_cost);
	(void)report_obs(id, "%u", (unsigned)cost[i / 2]);
}

void
bench(const char *id, unsigned int rounds, unsigned int divide,
    int (*once)(void))
{
	measure(id, rounds, divide, nothing, once);
}

void
bench_prepared(const char *id, unsigned int rounds, int (*before)(void),
    int (*once)(void))
{
	measure(id, rounds, 1, before, once);
}

static int
getpid_once(void)
{
	return getpid() > 0 ? 0 : -1;
}

static int
pipe_once(void)
{
	char c = 'x';

	return write(to_child[1], &c, 1) == 1 && read(from_child[0], &c, 1) == 1
	    ? 0
	    : -1;
}

static int
fork_once(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return waitpid(pid, NULL, 0) == pid ? 0 : -1;
}

int
bench_run(const char *path)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execl(path, "bench", (char *)NULL);
		_exit(1);
	}
	return waitpid(pid, &status, 0) == pid && status == 0 ? 0 : -1;
}

static int
exec_once(void)
{
	return bench_run("/test/bench-nop");
}

/* Another process that sends every byte back. */
static void
bench_pipe(void)
{
	char c;
	pid_t pid;

	if (pipe(to_child) != 0 || pipe(from_child) != 0)
		return;
	pid = fork();
	if (pid == 0) {
		close(to_child[1]);
		while (read(to_child[0], &c, 1) == 1)
			(void)write(from_child[1], &c, 1);
		_exit(0);
	}
	bench("pipe", 31, 1, pipe_once);
	close(to_child[1]);
	(void)waitpid(pid, NULL, 0); /* it ends with its pipe */
}

/* Two services: one measures messages to the other. */
static void
bench_services(void)
{
	static struct bench_ping ping;
	endpoint_t ep;
	int r = service_start("/test/bench-echo", "bench-echo", NULL, &ep);

	if (r == OK)
		r = service_start("/test/bench-ping", "bench-ping", &ping.box,
		    &ep);
	if (r != OK) {
		(void)report_note("services do not start: %d", r);
		return;
	}
	mailbox_ask(&ping.box);
	if (ping.error == OK) {
		(void)report_obs("kcall", "%u", (unsigned)ping.kcall);
		(void)report_obs("privctl", "%u", (unsigned)ping.privctl);
		(void)report_obs("ipc", "%u", (unsigned)ping.ipc);
	}
	(void)service_stop("bench-ping");
	(void)service_stop("bench-echo");
}

int
main(int argc, char **argv)
{
	(void)report_begin("bench", argc > 1 ? argv[1] : NULL);
	bench_services();
	bench("getpid", 63, 1, getpid_once);
	bench_pipe();
	bench("fork", 15, 1, fork_once);
	bench("exec", 15, 1, exec_once);
	bench_files();
	bench_large();
	bench_processes();
	bench_recover();
	return report_end();
}
