/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D5, D7, D8. A process comes under a tracer in four ways, is stopped,
 * stepped, ended; who may trace whom, and which error comes when; the tracer
 * hears of an end before the parent.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/lacuna.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/ptrace/tracee.h"

static int
exits(void)
{
	return 42;
}

static int
loops(void)
{
	volatile int on = 1;

	tracee_tell(1);
	while (on != 0)
		continue;
	return 1;
}

static int
ignores(void)
{
	sigset_t all;

	(void)signal(SIGUSR1, SIG_IGN);
	(void)signal(SIGTRAP, SIG_IGN);
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, NULL);
	tracee_tell(1);
	pause_ms(100);
	return 42;
}

static int
sleeps(void)
{
	tracee_tell(1);
	while (pause() != 0)
		continue;
	return 1;
}

static void
wait_for_end(enum how how)
{
	pid_t pid = tracee_begin(how, exits);

	tracee_go();
	CHECK_EQ(tracee_end(pid), 42);
}

/* Steps come even when the process hides from signals. */
static void
step(enum how how)
{
	pid_t pid = tracee_begin(how, ignores);
	int status = 0, steps = 0;

	tracee_go();
	CHECK_EQ(tracee_told(), 1);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), EBUSY);
	CHECK(kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	do { /* through the end of the sleep, and exit */
		CHECK_EQ(tracee_do(T_STEP, pid, 0), 0);
		status = tracee_next(pid);
		steps++;
	} while (status == SIGTRAP);
	CHECK_EQ(tracee_end(pid), 42);
	CHECK_GE(steps, 10);
}

static void
exit_at_once(enum how how)
{
	pid_t pid = tracee_begin(how, loops);

	tracee_go();
	CHECK_EQ(tracee_told(), 1);
	CHECK(kill(pid, SIGSTOP) == 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK_EQ(tracee_do(T_EXIT, pid, 42), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), ESRCH);
	CHECK_EQ(tracee_end(pid), 42);
}

static void
killed(enum how how)
{
	pid_t pid = tracee_begin(how, ignores);

	tracee_go();
	CHECK_EQ(tracee_told(), 1);
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
	CHECK(waitpid(pid, NULL, 0) == -1 && errno == ECHILD);
}

/* SIGKILL ends a process that is stopped, too. */
static void
killed_when_stopped(enum how how)
{
	pid_t pid = tracee_begin(how, sleeps);

	tracee_go();
	CHECK_EQ(tracee_told(), 1);
	CHECK(kill(pid, SIGTERM) == 0);
	CHECK_EQ(tracee_stop(pid), SIGTERM);
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
}

/* Every request about a process that is not stopped, and about one that is
 * nobody's, or gone. */
static void
not_stopped(enum how how)
{
	static const int requests[] = { T_GETINS, T_GETDATA, T_GETUSER,
		T_SETINS, T_SETDATA, T_SETUSER, T_RESUME, T_EXIT, T_STEP,
		T_SYSCALL, T_DETACH, T_SETOPT, T_GETRANGE, T_SETRANGE };
	pid_t pid = tracee_begin(how, sleeps), other = fork(), dead;

	if (other == 0)
		for (;;)
			(void)pause();
	dead = fork();
	if (dead == 0)
		_exit(0);
	pause_ms(50);
	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
		int request = requests[i];

		CHECK_EQ(tracee_do(request, pid, 0), EBUSY);
		CHECK_EQ(tracee_do(request, other, 0), ESRCH);
		CHECK_EQ(tracee_do(request, dead, 0), ESRCH);
		CHECK_EQ(tracee_do(request, 30001, 0), ESRCH);
		CHECK_EQ(tracee_do(request, -1, 0), ESRCH);
	}
	CHECK(kill(other, SIGKILL) == 0 && kill(pid, SIGKILL) == 0);
	CHECK(waitpid(other, NULL, 0) == other);
	CHECK(waitpid(dead, NULL, 0) == dead);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
}

static void
bad_arguments(enum how how)
{
	pid_t pid = tracee_begin(how, sleeps);

	CHECK(kill(pid, SIGSTOP) == 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), EBUSY);
	CHECK_EQ(tracee_do(-1, pid, 0), EINVAL);
	CHECK_EQ(tracee_do(T_SETRANGE + 1, pid, 0), EINVAL);
	CHECK_EQ(tracee_do(T_RESUME, pid, NSIG), EINVAL);
	CHECK_EQ(tracee_do(T_STEP, pid, -1), EINVAL);
	CHECK_EQ(tracee_do(T_SYSCALL, pid, 1000), EINVAL);
	CHECK_EQ(tracee_do(T_DETACH, pid, NSIG), EINVAL);
	CHECK_EQ(tracee_do(T_SETOPT, pid, 8), EINVAL);
	CHECK_EQ(tracee_do(T_SETOPT, pid, 7), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGKILL), 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGKILL);
}

static pid_t
pid_of(const char *name)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) != -1)
		if (strcmp(info.name, name) == 0)
			return info.pid;
	return -1;
}

static int
asks_twice(void)
{
	return ptrace(T_OK, 0, 0, 0) == -1 && errno == EBUSY ? 0 : 1;
}

/* Whom nobody may trace. */
static void
exempt(void)
{
	static const char *const names[] = { "pm", "vm", "rs", "init" };
	pid_t pid;

	CHECK_EQ(tracee_do(T_ATTACH, getpid(), 0), EPERM);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		CHECK_EQ(tracee_do(T_ATTACH, pid_of(names[i]), 0), EPERM);
	pid = tracee_begin(BY_OK, asks_twice);
	tracee_go();
	CHECK_EQ(tracee_end(pid), 0);
}

/* What a user may trace: own processes that have always been its own. */
static int
as_user(void)
{
	int bad = 0;
	pid_t own;

	if (setgid(12) != 0 || setuid(12) != 0)
		return 90;
	bad |= tracee_do(T_ATTACH, getppid(), 0) == EPERM ? 0 : 1;
	bad |= tracee_do(T_ATTACH, pid_of("tty"), 0) == EPERM ? 0 : 2;
	bad |= tracee_do(T_ATTACH, 1, 0) == EPERM ? 0 : 4;
	own = fork();
	if (own == 0)
		for (;;)
			(void)pause();
	bad |= tracee_do(T_ATTACH, own, 0) == 0 ? 0 : 8;
	bad |= tracee_stop(own) == SIGSTOP ? 0 : 16;
	(void)kill(own, SIGKILL);
	(void)waitpid(own, NULL, 0);
	return bad;
}

/* The tracer of the tester's child does not wait for its end. */
static void
told_first(void)
{
	int fd[2], status = 0;
	char c = 0;
	pid_t child, tracer;

	CHECK(pipe(fd) == 0);
	child = fork();
	if (child == 0) {
		(void)read(fd[0], &c, 1);
		_exit(42);
	}
	tracer = fork();
	if (tracer == 0) {
		(void)ptrace(T_ATTACH, child, 0, 0);
		(void)waitpid(child, &status, 0);
		(void)ptrace(T_RESUME, child, 0, 0);
		(void)write(fd[1], &c, 1);
		pause_ms(200);
		_exit(84);
	}
	pause_ms(100);
	CHECK_EQ(waitpid(child, &status, WNOHANG), 0);
	CHECK_EQ(waitpid(tracer, &status, 0), tracer);
	CHECK_EQ(WEXITSTATUS(status), 84);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 42);
}

/* A tracer dies: what it has stopped does not stay so. */
static void
tracer_dies(void)
{
	int fd[2];
	pid_t tracer, tracee = -1;

	CHECK(pipe(fd) == 0);
	tracer = fork();
	if (tracer == 0) {
		tracee = fork();
		if (tracee == 0)
			for (;;)
				(void)pause();
		(void)ptrace(T_ATTACH, tracee, 0, 0);
		(void)waitpid(tracee, NULL, 0);
		(void)write(fd[1], &tracee, sizeof tracee);
		(void)kill(getpid(), SIGKILL);
	}
	CHECK(read(fd[0], &tracee, sizeof tracee) == sizeof tracee);
	CHECK(waitpid(tracer, NULL, 0) == tracer);
	for (int i = 0; i < 50 && kill(tracee, 0) == 0; i++)
		pause_ms(20);
	CHECK(kill(tracee, 0) == -1 && errno == ESRCH);
}

int
main(int argc, char **argv)
{
	report_begin("ptrace-control", argc > 1 ? argv[1] : NULL);
	tracee_each(wait_for_end);
	tracee_each(step);
	tracee_each(exit_at_once);
	tracee_each(killed);
	tracee_each(killed_when_stopped);
	tracee_each(not_stopped);
	tracee_each(bad_arguments);
	exempt();
	CHECK_EQ(child(as_user), 0);
	told_first();
	tracer_dies();
	return report_end();
}
