/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See jobs.h. */
#include "test/pm/jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

static int fd[2];
static sigset_t blocks;

static int
compute(void)
{
	unsigned int i, sum = 0;

	for (i = 0; i < 3000; i++)
		sum = sum * 31 + i;
	return sum == 1192390108u ? 0 : 1;
}

/* Is the mask as it is outside a handler? */
static bool
is_own(const sigset_t *set)
{
	int sig;

	for (sig = 1; sig < NSIG; sig++)
		if (sigismember(&blocks, sig) == 1 &&
		    sigismember(set, sig) == 1)
			return false;
	return true;
}

/* The handler's mask must never be seen outside it. */
static int
call_pm(void)
{
	sigset_t set;

	if (sigprocmask(SIG_SETMASK, NULL, &set) != 0)
		return 2;
	return is_own(&set) && getpid() > 1 ? 0 : 3;
}

static int
call_vfs(void)
{
	struct timeval none = { 0, 0 };

	if (select(0, NULL, NULL, NULL, &none) != 0 && errno != EINTR)
		return 4;
	return fcntl(fd[0], F_GETFD) == 0 && access("/bin", X_OK) == 0 ? 0 : 5;
}

static int
change_mask(void)
{
	sigset_t old;

	if (sigprocmask(SIG_BLOCK, &blocks, &old) != 0 || !is_own(&old))
		return 6;
	if (sigprocmask(SIG_SETMASK, &old, NULL) != 0)
		return 7;
	return 0;
}

static int
block_in_pm(void)
{
	sigset_t own;

	if (sigprocmask(SIG_SETMASK, NULL, &own) != 0)
		return 8;
	return sigsuspend(&own) == -1 && errno == EINTR ? 0 : 9;
}

static int
block_in_vfs(void)
{
	fd_set in;

	FD_ZERO(&in);
	FD_SET(fd[0], &in);
	return select(fd[0] + 1, &in, NULL, NULL, NULL) == -1 && errno == EINTR
	    ? 0
	    : 10;
}

static int
block_in_read(void)
{
	char c;

	return read(fd[0], &c, 1) == -1 && errno == EINTR ? 0 : 11;
}

static int
use_pipe(void)
{
	char c = 'x';
	int r;

	do
		r = (int)write(fd[1], "p", 1);
	while (r == -1 && errno == EINTR);
	if (r != 1)
		return 12;
	do
		r = (int)read(fd[0], &c, 1);
	while (r == -1 && errno == EINTR);
	return r == 1 && c == 'p' ? 0 : 13;
}

/* A call of PM that goes on to VFS. */
static int
change_ids(void)
{
	return setuid(0) == 0 && setpgid(0, 0) == 0 ? 0 : 14;
}

/* A child that ends by itself, and one that is killed at once. */
static int
fork_twice(void)
{
	int status, r, i;
	pid_t pid;

	for (i = 0; i < 2; i++) {
		pid = fork();
		if (pid == 0 && i == 0)
			_exit(9);
		if (pid == 0)
			for (;;)
				(void)getpid();
		if (i == 1 && kill(pid, SIGKILL) != 0)
			return 15;
		do
			r = waitpid(pid, &status, 0);
		while (r == -1 && errno == EINTR);
		if (r != pid || status != (i == 0 ? 9 << 8 : SIGKILL))
			return 16 + i;
	}
	return 0;
}

static int
page(void)
{
	char *p = mmap(NULL, 16384, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	int ok;

	if (p == MAP_FAILED)
		return 18;
	p[0] = p[4096] = p[12288] = 7;
	ok = p[0] + p[4096] + p[8192] + p[12288] == 21;
	return munmap(p, 16384) == 0 && ok ? 0 : 19;
}

const struct job jobs[JOBS] = { { "compute", compute }, { "call pm", call_pm },
	{ "call vfs", call_vfs }, { "change mask", change_mask },
	{ "block in pm", block_in_pm }, { "block in vfs", block_in_vfs },
	{ "block in read", block_in_read }, { "use a pipe", use_pipe },
	{ "change ids", change_ids }, { "fork", fork_twice },
	{ "page", page } };

bool
jobs_begin(void)
{
	return pipe(fd) == 0;
}

void
jobs_end(void)
{
	close(fd[0]);
	close(fd[1]);
}

void
jobs_block(const int *sig, int n)
{
	sigemptyset(&blocks);
	while (n > 0)
		sigaddset(&blocks, sig[--n]);
}
