/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. A fork bomb fills the process table: fork answers EAGAIN or
 * ENOMEM and nothing else, RS can still bring a service back when the bomb is
 * gone, and no slot is lost.
 */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/lacuna.h>
#include <sys/wait.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/program/program.h"

#define USER 100 /* anybody but root */

/* Processes now. */
static int
processes(void)
{
	struct pm_procinfo info;
	int slot = 0, n = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		n++;
	return n;
}

/* Every process of the bomb forks for ever. */
static _Noreturn void
bomb(void)
{
	for (;;)
		if (fork() < 0 && errno != EAGAIN && errno != ENOMEM)
			_exit(1);
}

/* Let it burn until the table is full, then put it out. While a user's burns,
 * root can look at it. */
static int
burn(uid_t uid)
{
	int most, i;
	pid_t pid = fork();

	if (pid == 0) {
		(void)setpgid(0, 0); /* cannot fail for a new child */
		if (setuid(uid) != 0)
			_exit(1);
		bomb();
	}
	CHECK(pid > 0);
	pause_ms(1000);
	most = processes(); /* slow: everybody asks PM for something */
	if (uid != 0)
		CHECK_EQ(shell("ps -a >/dev/null && kill -0 $$"), 0);
	for (i = 0; i < 100 && kill(-pid, SIGKILL) == 0; i++)
		pause_ms(20);        /* one that is being forked may survive */
	(void)waitpid(pid, NULL, 0); /* init collects the others */
	return most;
}

/* Fill the table in good order: how many children does it hold? */
static int
fill(void)
{
	char *const argv[] = { (char[]){ "true" }, NULL };
	static pid_t pid[NR_PROCS];
	int n = 0, i, r;
	pid_t other;

	while (n < NR_PROCS && (pid[n] = fork()) > 0)
		n++;
	if (n < NR_PROCS && pid[n] == 0)
		for (;;)
			pause();
	CHECK(n < NR_PROCS && (errno == EAGAIN || errno == ENOMEM));
	CHECK(system("true") == -1 && (errno == EAGAIN || errno == ENOMEM));
	r = posix_spawn(&other, "/bin/true", NULL, NULL, argv, environ);
	CHECK(r == EAGAIN || r == ENOMEM);
	for (i = 0; i < n; i++) {
		CHECK(kill(pid[i], SIGKILL) == 0);
		CHECK(child_end(pid[i]) == SIGNALLED + SIGKILL);
	}
	return n;
}

int
main(int argc, char **argv)
{
	int before, room, i;

	(void)report_begin("robust-forkbomb", argc > 1 ? argv[1] : NULL);
	before = processes();
	room = fill();
	(void)report_note("%d before, room for %d", before, room);
	CHECK(room > 100 && room + before <= NR_PROCS);
	CHECK(processes() == before);
	CHECK(burn(0) > before + room / 2);
	CHECK(burn(USER) > before + room / 2);
	(void)report_note("put out");
	for (i = 0; i < 100 && processes() > before; i++)
		pause_ms(50);
	CHECK(processes() == before);
	CHECK(fill() == room);
	CHECK(system_alive());
	return report_end();
}
