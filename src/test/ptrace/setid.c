/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A user attaches to a process that just becomes a set-id program: at any
 * moment of that the attempt is refused, or the program gets no rights.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define PROGRAM "/test/ptrace-setid"
#define COPY    "/tmp/setid"
#define USER    100
#define TRIES   60
#define MOST    600 /* until both ends have been seen */

/* What an attempt has come to. */
enum outcome {
	NO_RIGHTS, /* it is traced, and has no rights */
	REFUSED,   /* it is not traced */
	WRONG
};

/* A child that becomes the program when it reads a word. */
static pid_t
begin(int fd)
{
	char *argv[] = { NULL, NULL };
	static char first[] = "who";
	pid_t pid = fork();
	char word;

	if (pid != 0)
		return pid;
	argv[0] = first;
	if (read(fd, &word, 1) == 1)
		execv(COPY, argv);
	_exit(3);
}

/* Let an attached process run to its end. */
static int
run(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status))
		if (ptrace(T_RESUME, pid, 0, 0) != 0)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Attach some time after the exec has begun. */
static enum outcome
attempt(int delay)
{
	int fd[2], status = 0, r;
	volatile int i;
	pid_t pid;

	if (pipe(fd) != 0)
		return WRONG;
	pid = begin(fd[0]);
	(void)write(fd[1], "", 1);
	for (i = 0; i < delay; i++)
		continue;
	r = ptrace(T_ATTACH, pid, 0, 0) == 0 ? 0 : errno;
	(void)close(fd[0]);
	(void)close(fd[1]);
	if (r == 0)
		return run(pid) == 4 ? NO_RIGHTS : WRONG;
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) != 5)
		return WRONG;
	return r == EPERM || r == EBUSY || r == ESRCH ? REFUSED : WRONG;
}

/* As a user. Returns whether both ends of the race were seen, and no wrong. */
static int
race(void)
{
	int seen[3] = { 0, 0, 0 }, i;

	if (setgid(USER) != 0 || setuid(USER) != 0)
		return 1;
	for (i = 0; i < TRIES ||
	     (i < MOST && (seen[NO_RIGHTS] == 0 || seen[REFUSED] == 0));
	     i++)
		seen[attempt(i % TRIES * 4000)]++;
	if (seen[WRONG] != 0)
		return 2;
	return seen[NO_RIGHTS] > 0 && seen[REFUSED] > 0 ? 0 : 3;
}

int
main(int argc, char *argv[])
{
	if (strcmp(argv[0], "who") == 0)
		return geteuid() == USER && getegid() == USER ? 4
		    : geteuid() == 0                          ? 5
							      : 6;
	(void)report_begin("ptrace-setid", argc > 1 ? argv[1] : NULL);
	CHECK_EQ(shell("cp " PROGRAM " " COPY), 0);
	CHECK_EQ(chmod(COPY, 06755), 0);
	CHECK_EQ(child(race), 0);
	CHECK_EQ(unlink(COPY), 0);
	return report_end();
}
