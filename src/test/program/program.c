/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Help for test programs, see test/program/program.h. */
#include "test/program/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <proto/pm.h>

int
child_end(int pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return NO_CHILD;
	return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

int
child_with(int (*what)(int), int arg)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(what(arg));
	return pid < 0 ? NO_CHILD : child_end(pid);
}

int
child(int (*what)(void))
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(what());
	return pid < 0 ? NO_CHILD : child_end(pid);
}

endpoint_t
endpoint_of(int pid)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.pid == pid)
			return info.ep;
	return NONE;
}

void
pause_ms(unsigned int ms)
{
	struct timespec t = { (time_t)(ms / 1000),
		(long)(ms % 1000) * 1000000 };

	while (nanosleep(&t, &t) != 0 && errno == EINTR)
		;
}

static int
program(void)
{
	execl("/test/bench-nop", "bench-nop", (char *)NULL);
	return 1;
}

/* A file keeps its contents. */
static bool
file_works(void)
{
	char buf[16] = "";
	int fd = open("/tmp/alive", O_RDWR | O_CREAT | O_TRUNC, 0600);
	bool ok = fd >= 0 && write(fd, "alive", 6) == 6 &&
	    lseek(fd, 0, SEEK_SET) == 0 && read(fd, buf, sizeof buf) == 6 &&
	    strcmp(buf, "alive") == 0;

	if (fd >= 0)
		close(fd);
	return unlink("/tmp/alive") == 0 && ok;
}

static bool
pipe_works(void)
{
	char c = 0;
	int fd[2];
	bool ok;

	if (pipe(fd) != 0)
		return false;
	ok = write(fd[1], "x", 1) == 1 && read(fd[0], &c, 1) == 1 && c == 'x';
	close(fd[0]);
	close(fd[1]);
	return ok;
}

static const char *command_text;

static int
command_run(void)
{
	execl("/bin/sh", "sh", "-c", command_text, (char *)NULL);
	return 127;
}

int
shell(const char *command)
{
	command_text = command;
	return child(command_run);
}

bool
system_alive(void)
{
	bool ok = CHECK(child(program) == 0);

	ok = CHECK(file_works()) && ok;
	ok = CHECK(pipe_works()) && ok;
	return CHECK(shell("echo alive | grep -q alive") == 0) && ok;
}
