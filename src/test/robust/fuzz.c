/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Children without privileges send PM, VFS, VM and RS
 * requests with random contents, biased to addresses and numbers that mean
 * something. They may hurt themselves; the system goes on.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <lacuna/msgcall.h>
#include <proto/pm.h>
#include <proto/rs.h>
#include <proto/vfs.h>
#include <proto/vm.h>

#include "test/program/program.h"

#define CHILDREN 60
#define REQUESTS 150

static uint32_t state;

static uint32_t
draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static uint32_t
word(void)
{
	static char buffer[64] = "/tmp/fuzz";
	static const uint32_t values[] = { 0, 1, 2, 3, 8, 64, 4096, 0x7fffffff,
		0x80000000, 0xffffffff, 0xbffff000, 0xc0000000, 0x400000,
		0x40000000, 10, 0x1000 };

	switch (draw(4)) {
	case 0:
		return (uint32_t)(uintptr_t)buffer;
	case 1:
		return draw(16);
	case 2:
		return draw(1 << 24) * 257;
	default:
		return values[draw(sizeof values / sizeof values[0])];
	}
}

/* One request. Those that wait for something are not made: PM_WAIT and
 * PM_SIGSUSPEND, and locks; an alarm ends what waits all the same. */
static void
request(void)
{
	static const struct {
		endpoint_t to;
		int first, end;
	} server[] = { { PM_PROC_NR, PM_BASE, PM_END + 2 },
		{ VFS_PROC_NR, VFS_BASE, VFS_END + 2 },
		{ VM_PROC_NR, VM_BASE, VM_END + 2 },
		{ RS_PROC_NR, RS_BASE, RS_END + 2 } };

	uint32_t which = draw(8), words[14];
	int i, type;

	which = which > 3 ? 1 : which; /* VFS has most calls */
	type = server[which].first +
	    (int)draw((uint32_t)(server[which].end - server[which].first));
	if (type == PM_SIGSUSPEND || type == PM_EXIT)
		return;
	for (i = 0; i < 14; i++)
		words[i] = word();
	(void)msg_call(server[which].to, type, words, sizeof words, NULL, 0);
}

static int
wild_child(int seed)
{
	int i;

	state = (uint32_t)seed * 2654435761u;
	if (setpgid(0, 0) != 0 || chdir("/tmp") != 0 || setuid(1000) != 0)
		return 2;
	for (i = 0; i < REQUESTS; i++) {
		if (i % 16 == 0)
			(void)alarm(1);
		request();
	}
	return 0;
}

/* Wait for a child, but not for ever: it may have put off its alarm. */
static int
finish(pid_t pid)
{
	int i, status;

	for (i = 0; i < 30; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
		pause_ms(50);
	}
	CHECK(kill(pid, SIGKILL) == 0);
	return child_end(pid);
}

int
main(int argc, char **argv)
{
	pid_t pid;
	int i, end;

	(void)report_begin("robust-fuzz", argc > 1 ? argv[1] : NULL);
	for (i = 0; i < CHILDREN; i++) {
		pid = fork();
		if (pid == 0)
			_exit(wild_child(i + 1));
		CHECK(pid > 0);
		if (pid > 0) {
			end = finish(pid);
			CHECK(end != 2);
			(void)kill(-pid, SIGKILL); /* its children, if any */
		}
	}
	CHECK(system_alive());
	return report_end();
}
