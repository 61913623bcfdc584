/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. Processes: exit codes and signals reach the parent, wait takes
 * whom it is asked for, the children of the dead become init's, exec passes
 * arguments and environment, and a failed exec changes nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

static int
same(int code)
{
	return code;
}

static int
by_signal(int sig)
{
	(void)kill(getpid(), sig);
	return 0;
}

static void
codes(void)
{
	int status = -1;
	pid_t pid;

	CHECK(child_with(same, 0) == 0 && child_with(same, 1) == 1);
	CHECK(child_with(same, 255) == 255);
	CHECK(child_with(same, 256) == 0); /* eight bits */
	CHECK(child_with(by_signal, SIGTERM) == SIGNALLED + SIGTERM);
	CHECK(child_with(by_signal, SIGKILL) == SIGNALLED + SIGKILL);
	CHECK(child_with(by_signal, SIGUSR2) == SIGNALLED + SIGUSR2);
	CHECK(wait(&status) == -1 && errno == ECHILD);
	CHECK(waitpid(1, &status, 0) == -1 && errno == ECHILD);
	pid = fork();
	if (pid == 0) {
		pause_ms(50);
		_exit(3);
	}
	CHECK(waitpid(pid, &status, WNOHANG) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 3);
	CHECK(waitpid(pid, &status, 0) == -1 && errno == ECHILD);
}

/* Of three children, each is waited for in its own way. */
static void
whom(void)
{
	pid_t pid[3];
	int i, status;

	for (i = 0; i < 3; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			if (i == 2)
				(void)setpgid(0, 0); /* so does the parent */
			pause_ms(30);
			_exit(10 + i);
		}
	}
	(void)setpgid(pid[2], pid[2]); /* whoever is first */
	CHECK(waitpid(-pid[2], &status, 0) == pid[2]);
	CHECK(WEXITSTATUS(status) == 12);
	CHECK(waitpid(pid[1], &status, 0) == pid[1]);
	CHECK(WEXITSTATUS(status) == 11);
	CHECK(waitpid(0, &status, 0) == pid[0] && WEXITSTATUS(status) == 10);
}

/* A grandchild tells through a pipe who its parent is now. */
static void
orphan(void)
{
	int fd[2], parent = 0;
	pid_t pid;

	CHECK(pipe(fd) == 0);
	pid = fork();
	if (pid == 0) {
		if (fork() == 0) {
			while (getppid() != 1)
				pause_ms(10);
			parent = getppid();
			(void)!write(fd[1], &parent, sizeof parent);
			_exit(0);
		}
		_exit(0);
	}
	CHECK(child_end(pid) == 0);
	CHECK(read(fd[0], &parent, sizeof parent) == sizeof parent);
	CHECK(parent == 1);
	close(fd[0]);
	close(fd[1]);
}

/* sh tells what it got: the status is what it makes of it. */
static int
arguments(void)
{
	static char sh[] = "sh", c[] = "-c", x[] = "x", ab[] = "a b", e[] = "",
		    a[] = "A=v", path[] = "PATH=/bin",
		    text[] = "test \"$A-$0-$1-$#\" = 'v-x-a b-2'";
	char *argv[] = { sh, c, text, x, ab, e, NULL };
	char *env[] = { a, path, NULL };

	execve("/bin/sh", argv, env);
	return 100;
}

static int
too_long(void)
{
	static char big[70000], name[] = "true";
	char *argv[] = { name, big, NULL };

	memset(big, 'x', sizeof big - 1);
	if (execv("/bin/true", argv) != -1 || errno != E2BIG)
		return 1;
	if (execl("/bin/none", "none", (char *)NULL) != -1 || errno != ENOENT)
		return 2;
	if (execl("/bin", "bin", (char *)NULL) != -1 || errno != EACCES)
		return 3;
	return 0;
}

/* What is to be closed on exec is, the rest is not. */
static int
on_exec(void)
{
	int kept = open("/bin/true", O_RDONLY);
	int gone = open("/bin/true", O_RDONLY);

	if (dup2(kept, 20) != 20 || dup2(gone, 21) != 21 ||
	    fcntl(21, F_SETFD, FD_CLOEXEC) != 0)
		return 1;
	execl("/test/pm-process", "pm-process", "fds", (char *)NULL);
	return 2;
}

static int
after_exec(void)
{
	if (fcntl(20, F_GETFD) != 0)
		return 3;
	return fcntl(21, F_GETFD) == -1 && errno == EBADF ? 0 : 4;
}

/* The image is another one: handlers are gone, what is ignored stays so. */
static void
ignore_me(int sig)
{
	(void)sig;
}

static int
signals_on_exec(void)
{
	(void)signal(SIGUSR1, ignore_me);
	(void)signal(SIGUSR2, SIG_IGN);
	execl("/test/pm-process", "pm-process", "signals", (char *)NULL);
	return 2;
}

static int
signals_after_exec(void)
{
	struct sigaction usr1, usr2;

	if (sigaction(SIGUSR1, NULL, &usr1) != 0 ||
	    sigaction(SIGUSR2, NULL, &usr2) != 0)
		return 3;
	return usr1.sa_handler == SIG_DFL && usr2.sa_handler == SIG_IGN ? 0 : 4;
}

static int
ids(void)
{
	pid_t self = getpid();

	if (getppid() <= 1 || setpgid(0, 0) != 0 || getpgrp() != self)
		return 1;
	if (setsid() != -1 || errno != EPERM)
		return 2; /* it leads a group */
	if (setgid(50) != 0 || setuid(100) != 0)
		return 3;
	if (getuid() != 100 || geteuid() != 100 || getgid() != 50)
		return 4;
	return setuid(0) == -1 && errno == EPERM ? 0 : 5;
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "fds") == 0)
		return after_exec();
	if (argc > 1 && strcmp(argv[1], "signals") == 0)
		return signals_after_exec();
	(void)report_begin("pm-process", argc > 1 ? argv[1] : NULL);
	codes();
	whom();
	orphan();
	CHECK(child(arguments) == 0);
	CHECK(child(too_long) == 0);
	CHECK(child(on_exec) == 0);
	CHECK(child(signals_on_exec) == 0);
	CHECK(child(ids) == 0);
	return report_end();
}
