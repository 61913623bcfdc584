/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D5, D7. A death that brings the next, and so on through most of the
 * table: each process traces the next one, or keeps its group from being
 * orphaned. Killing the first ends all, and nothing else.
 */
#include <string.h>
#include <sys/lacuna.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/program/program.h"

#define LINKS 150

static const char name[] = "pm-chain";

/* Processes of this program but ourselves that are in a state; 0: any. */
static int
count(char state)
{
	struct pm_procinfo info;
	int slot = 0, n = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		n += strcmp(info.name, name) == 0 && info.pid != getpid() &&
		    (state == 0 || info.state == state);
	return n;
}

/* Wait until there are so many; how many there are in the end. */
static int
count_wait(char state, int wanted)
{
	int tries = 0;

	while (count(state) != wanted && tries++ < 500)
		pause_ms(20);
	return count(state);
}

/* Each traces the next. */
static void
traced(void)
{
	if (ptrace(T_OK, 0, 0, 0) != 0)
		_exit(1);
}

/* Each is in a group of its own, and stops when it has made the next. */
static void
grouped(void)
{
	(void)setpgid(0, 0);
}

static void
stop(void)
{
	(void)kill(getpid(), SIGSTOP);
}

static void
nothing(void)
{
}

/* Make the chain. @return its first process */
static pid_t
chain(void (*begin)(void), void (*end)(void))
{
	pid_t first = fork();
	int i;

	if (first != 0)
		return first;
	for (i = 1;; i++) {
		begin();
		if (i == LINKS || fork() != 0)
			break;
	}
	end();
	for (;;)
		(void)pause();
}

static void
ends_with_the_first(void (*begin)(void), void (*end)(void), char state)
{
	const int others = count(0);
	pid_t first = chain(begin, end);
	int status = 0;

	CHECK(first > 0);
	EXPECT_NUMBER("links", count_wait(state, LINKS), LINKS);
	CHECK_EQ(kill(first, SIGKILL), 0);
	CHECK_EQ(waitpid(first, &status, 0), first);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	EXPECT_NUMBER("left", count_wait(0, others), others);
	CHECK(system_alive());
}

int
main(int argc, char **argv)
{
	(void)report_begin(name, argc > 1 ? argv[1] : NULL);
	ends_with_the_first(traced, nothing, 'S');
	ends_with_the_first(grouped, stop, 'T');
	return report_end();
}
