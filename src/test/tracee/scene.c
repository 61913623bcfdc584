/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See scene.h. */
#include "test/tracee/scene.h"

#define LIFE 10 /* seconds */

static int ended;

pid_t
begin(int (*what)(void))
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)alarm(LIFE);
	_exit(what());
}

void
drop(pid_t pid)
{
	(void)kill(pid, SIGKILL);
	while (shown(pid) > 0)
		(void)kill(pid, SIGKILL);
}

bool
held(pid_t pid)
{
	if (request(T_ATTACH, pid, 0) == OK && shown(pid) == SIGSTOP)
		return true;
	drop(pid);
	return false;
}

pid_t
begin_traced(int (*what)(void))
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)alarm(LIFE);
		if (ptrace(T_OK, 0, 0, 0) != 0)
			_exit(99);
		(void)kill(getpid(), SIGTRAP);
		_exit(what());
	}
	if (shown(pid) == SIGTRAP)
		return pid;
	drop(pid);
	return NO_CHILD;
}

int
request(int r, pid_t pid, long data)
{
	return ptrace(r, pid, 0, data) == 0 ? OK : -errno;
}

static int
seen(pid_t pid, int options)
{
	int status = 0;
	pid_t r;

	do
		r = waitpid(pid, &status, options);
	while (r == -1 && errno == EINTR);
	if (r == 0)
		return 0;
	if (r == pid && WIFSTOPPED(status))
		return WSTOPSIG(status);
	ended = WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status)
				    : WEXITSTATUS(status);
	if (r != pid)
		ended = NO_CHILD;
	return ENDED;
}

int
shown(pid_t pid)
{
	return seen(pid, 0);
}

int
shown_now(pid_t pid)
{
	return seen(pid, WNOHANG);
}

int
how_ended(void)
{
	return ended;
}

uint32_t
look_at(pid_t pid, size_t offset)
{
	return (uint32_t)ptrace(T_GETUSER, pid, (long)offset, 0);
}
