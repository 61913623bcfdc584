/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. However many processes wait for pipes, the others are served,
 * and those that wait can be woken and killed. A signal that comes while a
 * request is at a file server ends the wait that follows it.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define READERS 150
#define ROUNDS  60

static int fd[2];

static int
read_one(void)
{
	char c;

	return read(fd[0], &c, 1) == 1 ? c : 99;
}

static void
many_readers(void)
{
	static pid_t pid[READERS];
	char byte = 7;
	int i, n = 0, woken = 0, killed = 0;

	CHECK(pipe(fd) == 0);
	for (i = 0; i < READERS; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(read_one());
		n += pid[i] > 0;
	}
	CHECK(n == READERS);
	CHECK(system_alive());
	for (i = 0; i < READERS; i += 2)
		(void)kill(pid[i], SIGKILL);
	for (i = 0; i < READERS; i += 2)
		killed += child_end(pid[i]) == SIGNALLED + SIGKILL;
	CHECK(killed == READERS / 2);
	for (i = 1; i < READERS; i += 2)
		(void)write(fd[1], &byte, 1);
	for (i = 1; i < READERS; i += 2)
		woken += child_end(pid[i]) == byte;
	CHECK(woken == READERS / 2);
	(void)close(fd[0]);
	(void)close(fd[1]);
}

static void
on_alarm(int sig)
{
	(void)sig;
}

/* Write more than fits, with a signal at some moment of it; and others later,
 * should the first come before the call. */
static void
signal_in_a_transfer(void)
{
	static char big[100000];
	const struct itimerval never = { { 0, 0 }, { 0, 0 } };
	const struct itimerval often = { { 0, 20000 }, { 0, 20000 } };
	volatile int spin;
	int i, n = 0;

	CHECK(signal(SIGALRM, on_alarm) != SIG_ERR);
	for (i = 0; i < ROUNDS; i++) {
		if (pipe(fd) != 0)
			break;
		(void)setitimer(ITIMER_REAL, &often, NULL);
		for (spin = 0; spin < i * 500; spin++)
			continue;
		n += write(fd[1], big, sizeof big) < (int)sizeof big;
		(void)close(fd[0]);
		(void)close(fd[1]);
	}
	(void)setitimer(ITIMER_REAL, &never, NULL);
	CHECK(n == ROUNDS);
}

int
main(int argc, char **argv)
{
	report_begin("fs-waits", argc > 1 ? argv[1] : NULL);
	many_readers();
	signal_in_a_transfer();
	return report_end();
}
