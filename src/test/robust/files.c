/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Full tables of VFS: a process has OPEN_MAX descriptors and not
 * one more, whichever call makes them; many processes together may use up
 * what VFS has, and get ENFILE, but for what is kept for root; afterwards all
 * of it is there again.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define DESCRIPTORS 64 /* OPEN_MAX of <abi/limits.h> */

/* Open until it is refused; the number of the last one plus 1. */
static int
open_all(void)
{
	int fd, last = 0;

	while ((fd = open("/bin/true", O_RDONLY)) >= 0)
		last = fd + 1;
	return last;
}

static int
one_process(void)
{
	int ends[2];

	if (open_all() != DESCRIPTORS || errno != EMFILE)
		return 1;
	if (dup(0) != -1 || errno != EMFILE)
		return 2;
	if (pipe(ends) != -1 || errno != EMFILE)
		return 3;
	if (fcntl(0, F_DUPFD, 10) != -1 || errno != EMFILE)
		return 4;
	if (close(20) != 0 || pipe(ends) != -1 || errno != EMFILE)
		return 5; /* one is not enough, and is not lost */
	if (dup(0) != 20)
		return 6;
	if (dup(0) != -1)
		return 10; /* there was one, and it is taken */
	if (dup2(0, DESCRIPTORS) != -1 || errno != EBADF)
		return 7;
	if (dup2(0, DESCRIPTORS - 1) != DESCRIPTORS - 1)
		return 8;
	return close(0) == 0 && open("/", O_RDONLY) == 0 ? 0 : 9;
}

/* Use up descriptors, say so, wait for the end. */
static int
use_up(int out)
{
	char c = 'y';
	int fd;

	for (fd = 3; fd < DESCRIPTORS; fd++)
		if (fd != out)
			(void)close(fd); /* most are not open */
	if (setuid(100) != 0)
		return 2;
	while (open("/bin/true", O_RDONLY) >= 0)
		continue;
	if (errno == ENFILE)
		c = 'f';
	else if (errno != EMFILE)
		c = 'e';
	if (write(out, &c, 1) != 1)
		return 1;
	for (;;)
		pause();
}

/* What users have used up leaves something to root. */
static int
root_goes_on(void)
{
	int ends[2];

	return open("/bin/true", O_RDONLY) >= 0 && pipe(ends) == 0 ? 0 : errno;
}

static void
many(void)
{
	pid_t pid[40];
	int ends[2], i, full = 0, n = 0;
	char c = 0;

	CHECK(pipe(ends) == 0);
	for (i = 0; i < 40; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(use_up(ends[1]));
		if (pid[i] < 0 || read(ends[0], &c, 1) != 1)
			break;
		n++;
		full += c == 'f';
		CHECK(c != 'e');
	}
	(void)report_note("%d processes, %d met the end", n, full);
	CHECK(n == 40);
	CHECK(child(root_goes_on) == 0);
	for (i = 0; i < n; i++) {
		CHECK(kill(pid[i], SIGKILL) == 0);
		CHECK(child_end(pid[i]) == SIGNALLED + SIGKILL);
	}
	close(ends[0]);
	close(ends[1]);
}

int
main(int argc, char **argv)
{
	(void)report_begin("robust-files", argc > 1 ? argv[1] : NULL);
	CHECK(child(one_process) == 0);
	many();
	CHECK(child(one_process) == 0);
	many();
	CHECK(system_alive());
	return report_end();
}
