/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Figures about the control of processes: a signal, a stop, a traced call.
 */
#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/bench/bench.h"
#include "test/report/report.h"

#define ROUNDS 31

static volatile sig_atomic_t caught;
static pid_t self, child;

static void
on_signal(int sig)
{
	(void)sig;
	caught++;
}

/* A signal to oneself, its handler, and back. */
static int
signal_once(void)
{
	int before = caught;

	(void)kill(self, SIGUSR1); /* counted is what came of it */
	return caught == before + 1 ? 0 : -1;
}

/* What the child has come to, as it should have. */
static bool
waited(int options, int status)
{
	int seen;

	return waitpid(child, &seen, options) == child && seen == status;
}

static int
stop_once(void)
{
	if (kill(child, SIGSTOP) != 0 ||
	    !waited(WUNTRACED, SIGSTOP << 8 | 0177) ||
	    kill(child, SIGCONT) != 0 || !waited(WCONTINUED, 0xffff))
		return -1;
	return 0;
}

/* The child's call, seen at its entry and at its end. */
static int
traced_once(void)
{
	int i;

	for (i = 0; i < 2; i++)
		if (ptrace(T_SYSCALL, child, 0, 0) != 0 ||
		    !waited(0, SIGTRAP << 8 | 0177))
			return -1;
	return 0;
}

/* A child that makes one call after the other, traced from the first on. */
static _Noreturn void
call_on(void)
{
	if (ptrace(T_OK, 0, 0, 0) != 0 || kill(getpid(), SIGSTOP) != 0)
		_exit(1);
	for (;;)
		(void)getpid();
}

static void
end_child(void)
{
	(void)kill(child, SIGKILL); /* it is there */
	(void)waitpid(child, NULL, 0);
}

static void
bench_stop(void)
{
	int to_child[2];
	char c;

	if (pipe(to_child) != 0)
		return;
	child = fork();
	if (child == 0) {
		close(to_child[1]);
		_exit((int)read(to_child[0], &c, 1)); /* till it is killed */
	}
	bench("stop", ROUNDS, 1, stop_once);
	end_child();
	close(to_child[0]);
	close(to_child[1]);
}

static void
bench_traced(void)
{
	child = fork();
	if (child == 0)
		call_on();
	if (waited(0, SIGSTOP << 8 | 0177))
		bench("traced", ROUNDS, 1, traced_once);
	else
		(void)report_note("a child does not let itself be traced");
	end_child();
}

void
bench_processes(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	self = getpid();
	(void)sigaction(SIGUSR1, &sa, NULL); /* arguments are right */
	bench("signal", ROUNDS, 1, signal_once);
	bench_stop();
	bench_traced();
}
