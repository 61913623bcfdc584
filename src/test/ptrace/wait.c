/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D5. A tracer waits for processes that it traces as a parent waits for
 * its children: it is woken by those it waits for, and hears of each stop once.
 */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "test/ptrace/scene.h"

static int
sleeps(void)
{
	tracee_tell(1);
	while (pause() != 0)
		continue;
	return 1;
}

static int
exits(void)
{
	return (int)(nonce_u32(report_nonce(), "code", 0) % 256);
}

static void
exit_code(pid_t pid)
{
	tracee_go();
	CHECK_EQ(tracee_end(pid), exits());
}

/* A status says one thing, all of it and nothing else. */
static void
status_of_stop(pid_t pid)
{
	int status = -1;

	for (int sig = 1; sig < NSIG; sig++) {
		if (sig == SIGKILL)
			continue;
		CHECK(tracee_kill(pid, sig) == 0);
		CHECK_EQ(waitpid(pid, &status, 0), pid);
		CHECK(WIFSTOPPED(status) && !WIFEXITED(status) &&
		    !WIFSIGNALED(status) && !WIFCONTINUED(status));
		CHECK_ADDR(status, 0177 | sig << 8);
		CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	}
	CHECK(tracee_kill(pid, SIGKILL) == 0);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(!WIFSTOPPED(status) && !WIFEXITED(status) && WIFSIGNALED(status));
	CHECK_ADDR(status, SIGKILL);
	CHECK(waitpid(pid, &status, 0) == -1 && errno == ECHILD);
}

/* Its real parent, where that is another, has ended as it did. */
static void
status_ends(pid_t pid)
{
	int status = 0;

	status_of_stop(pid);
	if (tracee_parent() == 0)
		return;
	CHECK_EQ(waitpid(tracee_parent(), &status, 0), tracee_parent());
	CHECK_EQ(WEXITSTATUS(status), 200 + SIGKILL);
}

/* Every way to say that one waits for it; none that is about others. */
static void
by_what(pid_t pid)
{
	const pid_t waits[] = { pid, -1, 0, -getpgrp() };
	int status = 0;

	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		CHECK(tracee_kill(pid, SIGTERM) == 0);
		CHECK_EQ(waitpid(waits[i], &status, 0), pid);
		CHECK_EQ(WSTOPSIG(status), SIGTERM);
		CHECK_EQ(waitpid(waits[i], &status, WNOHANG), 0);
		CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	}
	CHECK(tracee_kill(pid, SIGTERM) == 0);
	CHECK(waitpid(-pid, &status, WNOHANG) == -1 && errno == ECHILD);
	CHECK(waitpid(30001, &status, WNOHANG) == -1 && errno == ECHILD);
	CHECK_EQ(waitpid(-1, &status, 0), pid);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGKILL), 0);
}

/* Nothing happens to it, so nothing is told of it, with whatever options. */
static void
no_news(pid_t pid)
{
	int status = 0;

	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG | WUNTRACED | WCONTINUED), 0);
	tracee_halt(pid);
	CHECK_EQ(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG | WUNTRACED | WCONTINUED), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(waitpid(pid, &status, WNOHANG | WUNTRACED | WCONTINUED), 0);
	CHECK(tracee_kill(pid, SIGKILL) == 0);
}

static const struct scene scenes[] = {
	{ "exit-code", exits, READY, exit_code, SCENE_OVER },
	{ "statuses", sleeps, RUNNING, status_ends, SCENE_OVER },
	{ "by-what", sleeps, RUNNING, by_what, ENDED_BY + SIGKILL },
	{ "no-news", sleeps, RUNNING, no_news, ENDED_BY + SIGKILL },
};

/* A child that does nothing and is traced. */
static pid_t
sleeper(void)
{
	pid_t pid = fork();

	if (pid == 0)
		for (;;)
			(void)pause();
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGSTOP);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	return pid;
}

static void
end_sleeper(pid_t pid)
{
	CHECK(tracee_kill(pid, SIGKILL) == 0);
	CHECK_EQ(tracee_reap(pid), SIGNALLED + SIGKILL);
}

/* A wait for one process is not woken by the news of another; these come when
 * they are asked for. */
static void
right_one(void)
{
	pid_t a = sleeper(), b = sleeper(), sender = fork();
	int status = 0;

	if (sender == 0) { /* while the tracer waits for a */
		tracee_blocks(getppid(), PM_PROC_NR);
		if (tracee_kill(b, SIGUSR2) != 0)
			_exit(1);
		pause_ms(10);
		_exit(tracee_kill(a, SIGUSR1) == 0 ? 0 : 1);
	}
	CHECK_EQ(waitpid(a, &status, 0), a);
	CHECK_EQ(WSTOPSIG(status), SIGUSR1);
	CHECK_EQ(tracee_reap(sender), 0);
	CHECK_EQ(waitpid(a, &status, WNOHANG), 0);
	CHECK_EQ(waitpid(-1, &status, 0), b);
	CHECK_EQ(WSTOPSIG(status), SIGUSR2);
	end_sleeper(a);
	end_sleeper(b);
}

/* The same for groups. */
static void
right_group(void)
{
	pid_t a = sleeper(), b = sleeper();
	int status = 0;

	CHECK(setpgid(a, a) == 0);
	CHECK(tracee_kill(b, SIGUSR2) == 0);
	CHECK_EQ(waitpid(-a, &status, WNOHANG), 0);
	CHECK(tracee_kill(a, SIGUSR1) == 0);
	CHECK_EQ(waitpid(-a, &status, 0), a);
	CHECK_EQ(waitpid(-a, &status, WNOHANG), 0);
	CHECK(tracee_kill(a, SIGTERM) == 0);
	CHECK_EQ(waitpid(0, &status, 0), b);
	CHECK_EQ(WSTOPSIG(status), SIGUSR2);
	CHECK_EQ(waitpid(0, &status, WNOHANG), 0);
	CHECK_EQ(waitpid(-1, &status, WNOHANG), a);
	CHECK_EQ(WSTOPSIG(status), SIGTERM);
	end_sleeper(a);
	end_sleeper(b);
}

/* A wait for any process tells of each that has stopped, once. */
static void
each_once(void)
{
	pid_t pid[3], news;
	int seen[3] = { 0, 0, 0 }, status = 0;

	for (int i = 0; i < 3; i++)
		pid[i] = sleeper();
	for (int i = 0; i < 3; i++)
		CHECK(tracee_kill(pid[i], SIGTERM) == 0 &&
		    tracee_kill(pid[i], SIGHUP) == 0);
	while ((news = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < 3; i++)
			if (pid[i] == news)
				seen[i] += WSTOPSIG(status);
	CHECK_EQ(news, 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQ(seen[i], SIGTERM + SIGHUP);
		end_sleeper(pid[i]);
	}
}

/* Trace a process that is somebody else's child, being nobody's parent. */
static int
trace_childless(int pid)
{
	int status = 0;

	if (waitpid(-1, &status, 0) != -1 || errno != ECHILD)
		return 2;
	if (ptrace(T_ATTACH, pid, 0, 0) != 0)
		return 3;
	if (waitpid(-1, &status, 0) != pid || WSTOPSIG(status) != SIGSTOP)
		return 4;
	if (waitpid(-1, &status, WNOHANG) != 0)
		return 5;
	if (ptrace(T_EXIT, pid, 0, 33) != 0)
		return 6;
	if (waitpid(-1, &status, 0) != pid || WEXITSTATUS(status) != 33)
		return 7;
	if (waitpid(-1, &status, WNOHANG) != -1 || errno != ECHILD)
		return 8;
	return 0;
}

static void
childless(void)
{
	pid_t pid = fork();

	if (pid == 0)
		for (;;)
			(void)pause();
	CHECK_EQ(tracee_with(trace_childless, pid), 0);
	CHECK_EQ(tracee_reap(pid), 33);
}

static volatile sig_atomic_t sigchlds;

static void
on_sigchld(int sig)
{
	(void)sig;
	sigchlds++;
}

/* In a child: stop a process, tell, and let it go when told. */
static _Noreturn void
stop_and_let_go(pid_t pid, int in, int out)
{
	char c;

	(void)ptrace(T_ATTACH, pid, 0, 0);
	(void)waitpid(pid, NULL, 0);
	(void)write(out, "s", 1);
	(void)read(in, &c, 1);
	_exit(ptrace(T_DETACH, pid, 0, SIGKILL) == 0 ? 0 : 1);
}

/* A parent hears nothing of the stops that another one causes. */
static void
parent_unaware(void)
{
	int to[2] = { -1, -1 }, from[2] = { -1, -1 }, status = 0;
	char c;
	pid_t pid, tracer;

	CHECK(pipe(to) == 0 && pipe(from) == 0);
	CHECK(signal(SIGCHLD, on_sigchld) != SIG_ERR);
	pid = fork();
	if (pid == 0)
		for (;;)
			(void)pause();
	tracer = fork();
	if (tracer == 0)
		stop_and_let_go(pid, to[0], from[1]);
	CHECK(read(from[0], &c, 1) == 1);
	CHECK_EQ(tracee_state(pid), 'T');
	CHECK_EQ(waitpid(pid, &status, WNOHANG | WUNTRACED | WCONTINUED), 0);
	CHECK_EQ(sigchlds, 0);
	CHECK(write(to[1], "g", 1) == 1);
	CHECK_EQ(tracee_reap(pid), SIGNALLED + SIGKILL);
	CHECK_EQ(tracee_reap(tracer), 0);
	CHECK(signal(SIGCHLD, SIG_DFL) != SIG_ERR);
	for (int i = 0; i < 2; i++) {
		(void)close(to[i]);
		(void)close(from[i]);
	}
}

int
main(int argc, char **argv)
{
	scenes_begin("ptrace-wait", argc, argv);
	SCENES(scenes);
	scene_alone("right-one", right_one);
	scene_alone("right-group", right_group);
	scene_alone("each-once", each_once);
	scene_alone("childless", childless);
	scene_alone("parent-unaware", parent_unaware);
	return report_end();
}
