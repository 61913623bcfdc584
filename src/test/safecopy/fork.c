/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1, B4. Fork copies by sharing: parent and child have the same
 * frames until one of them stores, then that one has its own; who is left
 * alone with a frame stores without a copy. Seen from outside.
 */
#include <string.h>
#include <sys/lacuna.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define PAGES 8u
#define SIZE  (PAGES * PAGE)

static uint8_t data[SIZE] __attribute__((aligned(4096)));
static uint8_t bss[SIZE] __attribute__((aligned(4096))); /* never touched */

static endpoint_t
endpoint_of(pid_t pid)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.pid == pid)
			return info.ep;
	return NONE;
}

/* Wait for a byte, or send it. */
static void
turn(int fd[2], bool mine)
{
	char c = 't';

	CHECK((mine ? write(fd[1], &c, 1) : read(fd[0], &c, 1)) == 1);
}

/* The child stores to page 2, then waits to be told to end. */
static int
child(int to_child[2], int to_parent[2], uint8_t byte)
{
	char c;

	if (read(to_child[0], &c, 1) != 1)
		return 1;
	memset(data + 2 * PAGE, byte, PAGE);
	if (write(to_parent[1], "c", 1) != 1 || read(to_child[0], &c, 1) != 1)
		return 2;
	return data[3 * PAGE] == 'p' && data[PAGE] != 'p' && bss[5 * PAGE] == 0
	    ? 0
	    : 3;
}

static void
look(endpoint_t ep, const char *when)
{
	CHECK(report_place("parent", SELF, (uintptr_t)data, SIZE) == 0);
	CHECK(report_place("child", ep, (uintptr_t)data, SIZE) == 0);
	CHECK(report_place("untouched", ep, (uintptr_t)bss, SIZE) == 0);
	CHECK(report_checkpoint(when) == 0);
}

int
main(int argc, char **argv)
{
	const struct timespec moment = { 0, 100000000 };
	int to_child[2] = { -1, -1 }, to_parent[2] = { -1, -1 }, status = -1;
	endpoint_t ep;
	uint64_t sum;
	pid_t pid;

	(void)report_begin("safecopy-fork", argc > 1 ? argv[1] : NULL);
	CHECK(pipe(to_child) == 0 && pipe(to_parent) == 0);
	nonce_spread(report_nonce(), "fork", data, SIZE);
	memset(data + 3 * PAGE, 'p', PAGE);
	pid = fork();
	if (pid == 0)
		_exit(child(to_child, to_parent, 'c'));
	ep = endpoint_of(pid);
	look(ep, "forked");
	turn(to_child, true);
	turn(to_parent, false); /* the child has stored */
	look(ep, "child-stored");
	sum = nonce_sum(data, 3 * PAGE);
	(void)report_bytes("parent", &sum, sizeof sum);
	memset(data + PAGE, 'p', PAGE);
	look(ep, "parent-stored");
	turn(to_child, true);
	CHECK(waitpid(pid, &status, 0) == pid);
	(void)report_obs("child", "%d", WEXITSTATUS(status));
	(void)nanosleep(&moment, NULL); /* its memory goes after it */
	CHECK(report_checkpoint("alone") == 0);
	memset(data, 'q', SIZE);
	CHECK(report_checkpoint("stored") == 0);
	return report_end();
}
