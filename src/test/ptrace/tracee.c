/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See tracee.h. */
#include "test/ptrace/tracee.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/time.h>
#include <unistd.h>

#include <proto/pm.h>

static int to[2] = { -1, -1 }, from[2] = { -1, -1 }; /* pipes */
static pid_t middle; /* the real parent, or 0: the tracer is */

static int ended; /* status of an end that has been seen, of ... */
static pid_t ended_pid;

static volatile sig_atomic_t expired; /* nothing waits any more */

static void
on_alarm(int sig)
{
	(void)sig;
	expired = 1;
}

void
tracee_limit(unsigned int s)
{
	/* Again and again, so that none of several waits is for ever. */
	struct itimerval it = { { s > 0, 0 }, { (time_t)s, 0 } };
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_alarm;
	(void)sigaction(SIGALRM, &sa, NULL); /* arguments are right */
	expired = 0;
	(void)setitimer(ITIMER_REAL, &it, NULL);
}

bool
tracee_late(void)
{
	return expired != 0;
}

int
tracee_kill(pid_t pid, int sig)
{
	return pid > 0 ? kill(pid, sig) : -1;
}

/* Wait for a process, as long as there is time. */
static pid_t
wait_for(pid_t pid, int *status, int options)
{
	pid_t r;

	do
		r = waitpid(pid, status, options);
	while (r == -1 && errno == EINTR && !expired);
	return r;
}

enum word {
	GO = 1,
	GO_HELD
};

/* Wait for the word to go, then do what is to be done. */
static _Noreturn void
run(tracee_fn *fn)
{
	int go = 0;

	while (read(to[0], &go, sizeof go) == -1 && errno == EINTR)
		continue;
	if (go == GO_HELD)
		(void)kill(getpid(), SIGSTOP);
	_exit(go == 0 ? 99 : fn());
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
	/* It wants to hear of stops, too: there are none for a parent. */
	while (waitpid(pid, &status, WUNTRACED | WCONTINUED) == -1 &&
	    errno == EINTR)
		continue;
	code = status_code(status);
	_exit(code >= ENDED_BY ? code - ENDED_BY + 200 : code);
}

/* A child that asks to be traced, and tells whether it is. */
static pid_t
asking_child(tracee_fn *fn, void (*then)(tracee_fn *fn))
{
	pid_t pid = fork();

	if (pid == 0) {
		tracee_tell(ptrace(T_OK, 0, 0, 0) == 0 ? 0 : errno);
		then(fn);
	}
	return CHECK_EQ(tracee_told(), 0) ? pid : -1;
}

static pid_t
attached(pid_t pid)
{
	if (!CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0))
		return -1;
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	return pid;
}

static _Noreturn void
parent_when_told(tracee_fn *fn)
{
	int go;

	(void)read(to[0], &go, sizeof go);
	parent(fn);
}

/* The child of a traced process; that one is let go. */
static pid_t
by_fork(tracee_fn *fn)
{
	pid_t pid;

	middle = asking_child(fn, parent_when_told);
	if (middle == -1)
		return -1;
	tracee_halt(middle);
	CHECK_EQ(tracee_do(T_SETOPT, middle, TO_TRACEFORK), 0);
	CHECK_EQ(tracee_do(T_RESUME, middle, 0), 0);
	tracee_go();
	pid = tracee_told();
	if (!CHECK_EQ(tracee_stop(pid), SIGSTOP))
		return -1;
	CHECK_EQ(tracee_do(T_SETOPT, pid, 0), 0);
	tracee_halt(middle);
	CHECK_EQ(tracee_do(T_DETACH, middle, 0), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	return pid;
}

static pid_t
by_attach(tracee_fn *fn, bool other)
{
	pid_t pid = fork();

	if (pid == 0 && other)
		parent(fn);
	if (pid == 0)
		run(fn);
	if (other) {
		middle = pid;
		pid = tracee_told();
	}
	return attached(pid);
}

static void
pipes_close(void)
{
	for (int i = 0; i < 2; i++) {
		(void)close(to[i]);
		(void)close(from[i]);
		to[i] = from[i] = -1;
	}
}

pid_t
tracee_begin(enum how how, tracee_fn *fn)
{
	middle = 0;
	ended_pid = 0;
	pipes_close();
	CHECK(pipe(to) == 0 && pipe(from) == 0);
	if (how == BY_OK)
		return asking_child(fn, run);
	return how == BY_FORK ? by_fork(fn) : by_attach(fn, how == BY_OTHER);
}

pid_t
tracee_parent(void)
{
	return middle;
}

static void
say(enum word word)
{
	int go = word;

	CHECK(write(to[1], &go, sizeof go) == sizeof go);
}

void
tracee_go(void)
{
	say(GO);
}

void
tracee_hold(pid_t pid)
{
	say(GO_HELD);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
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
	ssize_t r;

	do
		r = read(from[0], &n, sizeof n);
	while (r == -1 && errno == EINTR && !expired);
	CHECK_EQ(r, sizeof n);
	return n;
}

int
tracee_stop(pid_t pid)
{
	int status = 0;

	CHECK_EQ(wait_for(pid, &status, 0), pid);
	return WIFSTOPPED(status) ? WSTOPSIG(status) : -1;
}

void
tracee_halt(pid_t pid)
{
	CHECK(tracee_kill(pid, SIGSTOP) == 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
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
	if (wait_for(pid, &ended, 0) == pid && WIFSTOPPED(ended))
		return WSTOPSIG(ended);
	ended_pid = pid;
	return 0;
}

/* What the real parent tells of an end, as its own. */
static int
parent_tells(void)
{
	int seen = 0;

	CHECK_EQ(wait_for(middle, &seen, 0), middle);
	CHECK(WIFEXITED(seen));
	return WEXITSTATUS(seen);
}

int
tracee_end(pid_t pid)
{
	int status = ended, code;

	if (ended_pid != pid)
		CHECK_EQ(wait_for(pid, &status, 0), pid);
	ended_pid = 0;
	code = status_code(status);
	if (middle != 0 && code != -1)
		CHECK_EQ(parent_tells(),
		    code >= ENDED_BY ? code - ENDED_BY + 200 : code);
	pipes_close();
	return code;
}

int
tracee_end_untraced(pid_t pid)
{
	int code;

	if (middle == 0)
		return tracee_end(pid);
	code = parent_tells();
	pipes_close();
	return code >= 200 ? code - 200 + ENDED_BY : code;
}

int
tracee_do(int request, pid_t pid, long data)
{
	return ptrace(request, pid, 0, data) == 0 ? 0 : errno;
}

/* Describe a process; false: there is none. */
static bool
find(pid_t pid, struct pm_procinfo *info)
{
	int slot = 0;

	while ((slot = getprocinfo(slot, info)) != -1)
		if (info->pid == pid)
			return true;
	return false;
}

char
tracee_state(pid_t pid)
{
	struct pm_procinfo info;

	if (!find(pid, &info))
		return '-';
	return info.state;
}

void
tracee_blocks(pid_t pid, endpoint_t ep)
{
	struct pm_procinfo info;
	int seen = 0;

	while (seen < 2 && !expired) { /* not just on its way */
		if (!CHECK(find(pid, &info)))
			return;
		seen = info.blocked_on == ep ? seen + 1 : 0;
		pause_ms(2);
	}
}

void
tracee_dies(pid_t pid)
{
	while (tracee_state(pid) != 'Z' && !expired)
		pause_ms(1);
	CHECK_EQ(tracee_state(pid), 'Z');
}

int
tracee_reap(pid_t pid)
{
	int status;

	if (wait_for(pid, &status, 0) != pid)
		return NO_CHILD;
	return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

int
tracee_with(int (*what)(int), int arg)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(what(arg));
	return tracee_reap(pid);
}

void
tracee_clear(void)
{
	struct pm_procinfo info;
	int slot = 0, status;

	tracee_limit(1);
	while ((slot = getprocinfo(slot, &info)) != -1)
		if (info.pgrp == getpgrp() && info.pid != getpid())
			(void)kill(info.pid, SIGKILL);
	while (wait_for(-1, &status, 0) > 0)
		continue;
	tracee_limit(0);
	pipes_close();
}
