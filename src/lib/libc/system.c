/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * system: run a command of the shell and wait for it, and for nothing else.
 * Meanwhile the keys for interrupt and quit are the command's business, not
 * the caller's, and no SIGCHLD of the caller is lost to a child that the
 * caller does not know of.
 * @source POSIX.1-2017, system()
 */
#include "lib/libc/port.h"

#include <paths.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/** What the caller does about signals, to be put back. */
struct kept {
	struct sigaction interrupt, quit;
	sigset_t mask;
};

static void
signals_hold(struct kept *k)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t child;

	(void)sigaction(SIGINT, &ignore, &k->interrupt);
	(void)sigaction(SIGQUIT, &ignore, &k->quit);
	(void)sigemptyset(&child);
	(void)sigaddset(&child, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &child, &k->mask);
}

static void
signals_restore(const struct kept *k)
{
	int e = errno;

	(void)sigaction(SIGINT, &k->interrupt, NULL);
	(void)sigaction(SIGQUIT, &k->quit, NULL);
	(void)sigprocmask(SIG_SETMASK, &k->mask, NULL);
	errno = e;
}

/* Wait for one child, whatever signals come. Gives its status, or -1. */
static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

int
system(const char *command)
{
	struct kept k;
	int status = -1;
	pid_t pid;

	if (command == NULL)
		return access(_PATH_BSHELL, X_OK) == 0;
	signals_hold(&k);
	pid = fork();
	if (pid == 0) {
		signals_restore(&k);
		execl(_PATH_BSHELL, "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid > 0)
		status = wait_for(pid);
	signals_restore(&k);
	return status;
}
