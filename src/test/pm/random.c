/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D5, D7, D11. Thirty processes do to each other, at random, what
 * processes can: signals, stops, attaching, steps, ends, forks and programs
 * anew. Who dies is replaced. In the end all are killed: none is left, and the
 * tables of PM, VFS, VM and kernel are as they were.
 *
 *     pm-random NONCE [SEED [SEEDS]]     from that seed on, so many
 *     pm-random actor SEED               one of the thirty, with a new program
 */
#include "test/pm/random.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/pm.h>
#include <proto/vm.h>

#include "test/program/program.h"

#define SECONDS  1  /* for a seed */
#define PATIENCE 10 /* seconds until the last is gone */
/* Nothing runs beside sysinfo that would be counted, now with and now without
 * what it still has open. */
#define LOOK                                                                   \
	"sysinfo >/tmp/random.all; grep -E "                                   \
	"'^(slots|processes|fs processes|descriptors|open files) ' "           \
	"/tmp/random.all >"

PROTO_STUB(VM_INFO, vm_info)

static volatile sig_atomic_t over;

static void
on_alarm(int sig)
{
	(void)sig;
	over = 1;
}

/* A new one, in a place on the board. */
static void
spawn(uint32_t seed, unsigned int place)
{
	pid_t pid = fork();

	if (pid == 0)
		actor(seed);
	if (pid > 0)
		board_put(place, pid);
}

/* Take what there is of ends and stops of children. */
static int
collect(void)
{
	int status, ends = 0;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
		if (WIFSTOPPED(status)) /* by its signal or T_OK */
			(void)ptrace(T_RESUME, pid, 0, 0);
		else
			ends++;
	}
	return ends;
}

/* Kill all of this program but ourselves. @return how many there were */
static int
kill_all(void)
{
	struct pm_procinfo info;
	int slot = 0, n = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (strcmp(info.name, ACTOR_NAME) == 0 &&
		    info.pid != getpid()) {
			(void)kill(info.pid, SIGKILL); /* it may be dead */
			n++;
		}
	return n;
}

/* What is left though it has been killed. */
static void
report_left(void)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (strcmp(info.name, ACTOR_NAME) == 0)
			(void)report_note("pid %d of %d, state %c, waits for "
					  "%d",
			    info.pid, info.ppid, info.state, info.blocked_on);
	(void)shell("ps -a");
}

static void
end_all(void)
{
	int tries = 0;

	while (kill_all() > 0 && tries++ < PATIENCE * 20) {
		(void)collect();
		pause_ms(50);
	}
	(void)collect();
	if (!CHECK_EQ(kill_all(), 0))
		report_left();
}

/* The life of thirty processes. */
static int
live(uint32_t seed)
{
	unsigned int i;
	int deaths = 0, n;

	CHECK(board_open());
	for (i = 0; i < ACTORS; i++)
		spawn(seed * 1000 + i, i);
	over = 0;
	(void)alarm(SECONDS);
	while (!over) {
		for (n = collect(); n > 0; n--)
			spawn(seed * 1000 + ACTORS + (uint32_t)deaths++, i++);
		pause_ms(10);
	}
	end_all();
	board_close();
	return deaths;
}

/* Regions of memory that users have; tables of services may grow. */
static uint32_t
regions(void)
{
	struct vm_info_req req = { .ep = NONE };
	struct vm_info_rep all = { 0 }, one = { 0 };
	struct pm_procinfo info;
	int slot = 0;

	CHECK(call_vm_info(VM_PROC_NR, &req, &all) == OK);
	while ((slot = getprocinfo(slot, &info)) >= 0) {
		req.ep = info.ep;
		if (info.kind == 's' &&
		    CHECK(call_vm_info(VM_PROC_NR, &req, &one) == OK))
			all.regions -= one.regions;
	}
	return all.regions;
}

/* Look until nothing of earlier tests is on its way any more. */
static uint32_t
first_look(void)
{
	int tries = 0;

	CHECK(shell(LOOK "/tmp/random.after") == 0);
	do {
		pause_ms(300);
		CHECK(shell("mv /tmp/random.after /tmp/random.before") == 0);
		CHECK(shell(LOOK "/tmp/random.after") == 0);
	} while (tries++ < 20 &&
	    shell("cmp -s /tmp/random.before /tmp/random.after") != 0);
	return regions();
}

/* Are the tables as they were? What has died may still be on its way. */
static bool
same_tables(uint32_t before)
{
	uint32_t now = 0;
	int tries;

	for (tries = 0; tries < 40; tries++) {
		CHECK(shell(LOOK "/tmp/random.after") == 0);
		now = regions();
		if (now == before &&
		    shell("cmp -s /tmp/random.before /tmp/random.after") == 0)
			return true;
		pause_ms(100);
	}
	(void)shell("cat /tmp/random.before /tmp/random.after");
	(void)report_note("regions %u, %u", (unsigned int)before,
	    (unsigned int)now);
	return false;
}

int
main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	uint32_t seed = argc > 2 ? (uint32_t)strtoll(argv[2], NULL, 10) : 1;
	int n = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 2, deaths;
	uint32_t before;

	if (argc > 2 && strcmp(argv[1], "actor") == 0)
		actor(seed);
	(void)report_begin("pm-random", argc > 1 ? argv[1] : NULL);
	(void)sigaction(SIGALRM, &sa, NULL); /* arguments are right */
	(void)signal(SIGHUP, SIG_IGN);       /* our group may be orphaned */
	before = first_look();
	for (; n > 0; n--, seed++) {
		deaths = live(seed);
		if (!CHECK(same_tables(before)))
			(void)report_note("seed %u", (unsigned int)seed);
		(void)report_note("seed %u: %d deaths", (unsigned int)seed,
		    deaths);
	}
	CHECK(system_alive());
	(void)shell("rm /tmp/random.*");
	return report_end();
}
