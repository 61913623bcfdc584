/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See tracee.h. */
#include "test/ptrace/tracee.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static int to[2], from[2]; /* pipes */
static pid_t middle;       /* the real parent, or 0: the tracer is */

static int ended; /* status of an end that has been seen, of ... */
static pid_t ended_pid;

/* Wait for the word to go, then do what is to be done. */
static _Noreturn void
run(tracee_fn *fn)
{
	int go = 0;

	while (read(to[0], &go, sizeof go) == -1 && errno == EINTR)
		continue;
	_exit(go == 1 ? fn() : 99);
}

static int
status_code(int status)
{
	if (WIFSTOPPED(status))
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status)
				 : ENDED_BY + WTERMSIG(status);
}

/* A parent that is no tracer: tells the end of its child as its own. */
static _Noreturn void
parent(tracee_fn *fn)
{
	int status = 0, code;
	pid_t pid = fork();

	if (pid == 0)
		run(fn);
	tracee_tell(pid);
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		continue;
	code = status_code(status);
	_exit(code >= ENDED_BY ? code - ENDED_BY + 200 : code);
}

static pid_t
by_ok(tracee_fn *fn)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	if (ptrace(T_OK, 0, 0, 0) != 0)
		_exit(98);
	tracee_tell(1);
	run(fn);
}

static void
attach(pid_t pid)
{
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
}

/* The child of a traced process; that one is let go. */
static pid_t
by_fork(tracee_fn *fn)
{
	pid_t pid;

	middle = fork();
	if (middle == 0) {
		int go;

		(void)ptrace(T_OK, 0, 0, 0);
		tracee_tell(1);
		(void)read(to[0], &go, sizeof go);
		parent(fn);
	}
	CHECK_EQ(tracee_told(), 1);
	CHECK(kill(middle, SIGSTOP) == 0);
	CHECK_EQ(tracee_stop(middle), SIGSTOP);
	CHECK_EQ(tracee_do(T_SETOPT, middle, TO_TRACEFORK), 0);
	CHECK_EQ(tracee_do(T_RESUME, middle, 0), 0);
	tracee_go();
	pid = tracee_told();
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_do(T_SETOPT, pid, 0), 0);
	CHECK(kill(middle, SIGSTOP) == 0);
	CHECK_EQ(tracee_stop(middle), SIGSTOP);
	CHECK_EQ(tracee_do(T_DETACH, middle, 0), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	return pid;
}

pid_t
tracee_begin(enum how how, tracee_fn *fn)
{
	pid_t pid;

	middle = 0;
	CHECK(pipe(to) == 0 && pipe(from) == 0);
	if (how == BY_FORK)
		return by_fork(fn);
	if (how == BY_OK) {
		pid = by_ok(fn);
		CHECK_EQ(tracee_told(), 1);
		return pid;
	}
	pid = fork();
	if (pid == 0) {
		if (how == BY_OTHER)
			parent(fn);
		run(fn);
	}
	if (how == BY_OTHER) {
		middle = pid;
		pid = tracee_told();
	}
	attach(pid);
	return pid;
}

void
tracee_go(void)
{
	int go = 1;

	CHECK(write(to[1], &go, sizeof go) == sizeof go);
}

void
tracee_tell(int n)
{
	(void)write(from[1], &n, sizeof n);
}

int
tracee_told(void)
{
	int n = -1;

	CHECK(read(from[0], &n, sizeof n) == sizeof n);
	return n;
}

int
tracee_stop(pid_t pid)
{
	int status = 0;

	CHECK_EQ(waitpid(pid, &status, 0), pid);
	return WIFSTOPPED(status) ? WSTOPSIG(status) : -1;
}

int
tracee_news(pid_t pid)
{
	int status = 0;
	pid_t r = waitpid(pid, &status, WNOHANG);

	if (r == 0)
		return 0;
	CHECK_EQ(r, pid);
	return WIFSTOPPED(status) ? WSTOPSIG(status) : -1;
}

int
tracee_next(pid_t pid)
{
	ended = 0;
	if (waitpid(pid, &ended, 0) == pid && WIFSTOPPED(ended))
		return WSTOPSIG(ended);
	ended_pid = pid;
	return 0;
}

int
tracee_end(pid_t pid)
{
	int status = ended, seen = 0, code;

	if (ended_pid != pid)
		CHECK_EQ(waitpid(pid, &status, 0), pid);
	ended_pid = 0;
	code = status_code(status);
	if (middle != 0 && code != -1) {
		CHECK_EQ(waitpid(middle, &seen, 0), middle);
		CHECK(WIFEXITED(seen));
		CHECK_EQ(WEXITSTATUS(seen),
		    code >= ENDED_BY ? code - ENDED_BY + 200 : code);
	}
	for (int i = 0; i < 2; i++) {
		(void)close(to[i]);
		(void)close(from[i]);
	}
	return code;
}

int
tracee_do(int request, pid_t pid, long data)
{
	return ptrace(request, pid, 0, data) == 0 ? 0 : errno;
}

void
tracee_each(void (*scenario)(enum how how))
{
	for (int how = 0; how < HOWS; how++)
		scenario((enum how)how);
}
