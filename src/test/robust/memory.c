/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A process that takes all memory, by mmap, by brk, by its stack,
 * by children that share pages until they write, or by several processes at
 * a time: it gets ENOMEM or is killed; the others live, and afterwards all
 * frames are free again. Hogs that are not root's leave it enough to look at
 * them and to end them.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/program/program.h"

#define MIB  1048576u
#define USER 100 /* anybody but root */
#define HOGS 3

static uint32_t
frames_free(void)
{
	struct vm_info_req req = { .ep = NONE };
	struct vm_info_rep rep = { 0 };

	(void)msg_call(VM_PROC_NR, VM_INFO, &req, sizeof req, &rep, sizeof rep);
	return rep.frames_free;
}

static void
touch(char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i += 4096)
		p[i] = 1;
}

static int
by_mmap(void)
{
	char *p;

	for (;;) {
		p = mmap(NULL, MIB, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANON, -1, 0);
		if (p == MAP_FAILED)
			return errno == ENOMEM ? 0 : 1;
		touch(p, MIB);
	}
}

static int
by_break(void)
{
	char *p;

	for (;;) {
		p = sbrk((int)MIB);
		if (p == (char *)-1)
			return errno == ENOMEM ? 0 : 1;
		touch(p, MIB);
	}
}

/* Recursion without an end. */
static int
deeper(int n)
{
	volatile char frame[4096];

	frame[0] = (char)n;
	return n < 0 ? 0 : deeper(n + 1) + frame[0];
}

static int
by_stack(void)
{
	return deeper(1);
}

static int
by_malloc(void)
{
	size_t size = 64 * MIB;

	while (size > 16)
		/* cppcheck-suppress leakReturnValNotUsed // on purpose */
		if (malloc(size) == NULL)
			size /= 2;
	return 0;
}

/* Children that unshare 8 MiB each. */
static int
by_children(void)
{
	char *p = mmap(NULL, 8 * MIB, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	int i;

	if (p == MAP_FAILED)
		return errno == ENOMEM ? 0 : 1;
	touch(p, 8 * MIB);
	for (i = 0; i < 20; i++)
		if (fork() == 0) {
			touch(p, 8 * MIB);
			pause_ms(500);
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	return 0;
}

/* The buffer of a call has no frame yet, and there is none. */
static int
by_read(void)
{
	char *p;
	int fd[2];

	if (pipe(fd) != 0)
		return 1;
	for (;;) {
		p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANON, -1, 0);
		if (p == MAP_FAILED)
			return errno == ENOMEM ? 0 : 1;
		if (write(fd[1], "x", 1) != 1)
			return 1;
		if (read(fd[0], p, 1) != 1)
			return errno == ENOMEM || errno == EFAULT ? 0 : 1;
	}
}

static bool
bounded(int end)
{
	return end == 0 || end == SIGNALLED + SIGKILL ||
	    end == SIGNALLED + SIGSEGV;
}

/* Take all that users can have, to the last page, and keep it. */
static void
hold(int ready)
{
	size_t size = MIB;
	char *p;

	if (setuid(USER) != 0)
		_exit(1);
	while (size >= 4096) {
		p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANON, -1, 0);
		if (p == MAP_FAILED)
			size /= 2;
		else
			touch(p, size);
	}
	(void)!write(ready, fork() < 0 && errno == ENOMEM ? "n" : "y", 1);
	for (;;)
		pause();
}

/* More processes of root at a time than it needs to look and to kill. */
static void
processes_of_root(void)
{
	pid_t pid[16];
	int i;

	for (i = 0; i < 16; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			for (;;)
				pause();
		CHECK_OR_SAY(CHECK_GT(pid[i], 0), "after %d processes", i);
	}
	for (i = 0; i < 16 && pid[i] > 0; i++) {
		CHECK_STATUS(kill(pid[i], SIGKILL), 0);
		CHECK_EQ(child_end(pid[i]), SIGNALLED + SIGKILL);
	}
}

static void
users_leave_some_for_root(void)
{
	pid_t pid[HOGS];
	char forked = 'y';
	int fd[2], i;

	CHECK_STATUS(pipe(fd), 0);
	for (i = 0; i < HOGS; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			hold(fd[1]);
		if (!CHECK(pid[i] > 0))
			return; /* what there is ends with this test */
		CHECK_EQ(read(fd[0], &forked, 1), 1);
		CHECK_OR_SAY(CHECK_EQ(forked, 'n'), "hog %d can fork", i);
	}
	(void)report_note("held: %u frames left", (unsigned)frames_free());
	CHECK(system_alive());
	CHECK_EQ(shell("ps -a | cat | grep -q robust-memory"), 0);
	processes_of_root();
	CHECK(bounded(child(by_mmap))); /* root has a limit, too */
	CHECK(system_alive());
	for (i = 0; i < HOGS; i++) {
		CHECK_STATUS(kill(pid[i], SIGKILL), 0);
		CHECK_EQ(child_end(pid[i]), SIGNALLED + SIGKILL);
	}
	(void)close(fd[0]);
	(void)close(fd[1]);
}

int
main(int argc, char **argv)
{
	static int (*const hog[])(void) = { by_mmap, by_break, by_stack,
		by_malloc, by_children, by_read };
	uint32_t before;
	pid_t pid[3];
	size_t i;
	int end;

	(void)report_begin("robust-memory", argc > 1 ? argv[1] : NULL);
	CHECK(system_alive()); /* now caches have grown */
	before = frames_free();
	for (i = 0; i < sizeof hog / sizeof hog[0]; i++) {
		end = child(hog[i]);
		(void)report_note("hog %u ends with %d, %u frames", (unsigned)i,
		    end, (unsigned)frames_free());
		CHECK(bounded(end));
		pause_ms(100); /* VM hears of an end after its parent */
		CHECK(system_alive());
	}
	users_leave_some_for_root();
	for (i = 0; i < 3; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(by_mmap());
	}
	for (i = 0; i < 3; i++)
		CHECK(pid[i] > 0 && bounded(child_end(pid[i])));
	CHECK(system_alive());
	pause_ms(300);
	(void)report_note("frames %u, then %u", (unsigned)before,
	    (unsigned)frames_free());
	CHECK(frames_free() + 16 >= before); /* servers may have grown a bit */
	return report_end();
}
