/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See keeper.h. */
#include "cmd/gdbstub/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <lacuna/cmd.h>

#include "cmd/gdbstub/rsp.h"

/* Pass on what has come, and act on what asks for it. */
static int
pass(int to, const uint8_t *bytes, size_t n, int sig)
{
	static struct rsp_in in;
	bool is_break = false;

	for (size_t i = 0; i < n; i++)
		is_break = rsp_take(&in, bytes[i]) == RSP_BREAK || is_break;
	if (cmd_write(to, bytes, n) != 0)
		return -1;
	return is_break ? kill(getppid(), sig) : 0;
}

static _Noreturn void
keep(int line, int to, int sig, pid_t parent)
{
	uint8_t bytes[256];
	ssize_t n = 0;

	for (int s = 1; s < _NSIG; s++)
		(void)signal(s, SIG_IGN); /* meant for the stub */
	while (n >= 0 && getppid() == parent) {
		n = read(line, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			n = 0;
		if (n > 0 && pass(to, bytes, (size_t)n, sig) != 0)
			break;
	}
	_exit(0);
}

int
keeper_start(int line, int sig, int *pid)
{
	pid_t parent = getpid();
	int fd[2];

	if (pipe(fd) != 0)
		return -1;
	(void)fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	*pid = fork();
	if (*pid == 0) {
		(void)close(fd[0]);
		keep(line, fd[1], sig, parent);
	}
	(void)close(fd[1]);
	if (*pid < 0) {
		(void)close(fd[0]);
		return -1;
	}
	return fd[0];
}
