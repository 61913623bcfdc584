/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * select and poll: what is ready, what becomes ready while one
 * waits, time-outs, signals, ends of pipes, files and devices that always
 * are, and descriptors that are none.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "test/program/program.h"

static int fd[2];

/* select on one descriptor for reading or writing. */
static int
ready(int which, bool write, int ms)
{
	struct timeval t = { ms / 1000, ms % 1000 * 1000 };
	fd_set set;
	int r;

	FD_ZERO(&set);
	FD_SET(which, &set);
	r = select(which + 1, write ? NULL : &set, write ? &set : NULL, NULL,
	    &t);
	if (r >= 0)
		CHECK((FD_ISSET(which, &set) != 0) == (r == 1));
	return r;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
now_or_never(void)
{
	static char big[40000];
	int64_t start = now_ms();
	char c;

	CHECK(ready(fd[0], false, 0) == 0 && ready(fd[1], true, 0) == 1);
	CHECK(ready(fd[0], false, 200) == 0);
	CHECK(now_ms() - start >= 190);
	CHECK(write(fd[1], "x", 1) == 1 && ready(fd[0], false, 5000) == 1);
	CHECK(ready(fd[0], false, 0) == 1 && read(fd[0], &c, 1) == 1);
	CHECK(ready(fd[0], false, 0) == 0);
	CHECK(fcntl(fd[1], F_SETFL, O_NONBLOCK) == 0);
	while (write(fd[1], big, 4096) > 0)
		continue;
	CHECK(ready(fd[1], true, 0) == 0);
	while (ready(fd[0], false, 0) == 1)
		CHECK(read(fd[0], big, sizeof big) > 0);
	CHECK(ready(fd[1], true, 0) == 1);
}

/* Somebody writes while we wait. */
static void
later(void)
{
	int64_t start = now_ms();
	char c;
	pid_t pid = fork();

	if (pid == 0) {
		pause_ms(100);
		_exit(write(fd[1], "l", 1) != 1);
	}
	CHECK(ready(fd[0], false, 5000) == 1);
	CHECK(now_ms() - start < 1000);
	CHECK(read(fd[0], &c, 1) == 1 && c == 'l' && child_end(pid) == 0);
	pid = fork();
	if (pid == 0) {
		pause_ms(100);
		_exit(0);
	}
	close(fd[1]); /* with the child, the last writer goes */
	CHECK(ready(fd[0], false, 5000) == 1);
	CHECK(read(fd[0], &c, 1) == 0 && child_end(pid) == 0);
	close(fd[0]);
	CHECK(pipe(fd) == 0);
}

static void
on_alarm(int sig)
{
	(void)sig;
}

static void
odd(void)
{
	int file = open("/bin/sh", O_RDONLY), null = open("/dev/null", O_RDWR);
	struct timeval bad = { -1, 0 };
	fd_set set;

	CHECK(ready(file, false, 5000) == 1 && ready(null, true, 5000) == 1);
	CHECK(ready(null, false, 5000) == 1);
	close(file);
	CHECK(ready(file, false, 0) == -1 && errno == EBADF);
	FD_ZERO(&set);
	CHECK(select(0, NULL, NULL, NULL, &bad) == -1 && errno == EINVAL);
	CHECK(select(-1, &set, NULL, NULL, NULL) == -1 && errno == EINVAL);
	(void)signal(SIGALRM, on_alarm);
	(void)alarm(1);
	CHECK(ready(fd[0], false, 5000) == -1 && errno == EINTR);
	close(null);
}

static void
polling(void)
{
	struct pollfd p[3] = { { fd[0], POLLIN, 0 }, { fd[1], POLLOUT, 0 },
		{ 60, POLLIN, 0 } };

	CHECK(poll(p, 2, 0) == 1 && p[0].revents == 0);
	CHECK(p[1].revents == POLLOUT);
	CHECK(poll(p, 3, 0) == 2 && p[2].revents == POLLNVAL);
	CHECK(write(fd[1], "p", 1) == 1);
	CHECK(poll(p, 2, -1) == 2 && p[0].revents == POLLIN);
	CHECK(poll(NULL, 0, 50) == 0);
}

int
main(int argc, char **argv)
{
	(void)report_begin("vfs-select", argc > 1 ? argv[1] : NULL);
	CHECK(pipe(fd) == 0);
	now_or_never();
	later();
	odd();
	polling();
	return report_end();
}
