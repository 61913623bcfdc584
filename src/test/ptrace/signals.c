/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D3, D4, D15. Each signal for a traced process is shown once, several
 * during one stop, whatever the process does with it; none ends a call unless
 * it is passed on; a wait wakes for whom it is about.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "test/ptrace/tracee.h"

static volatile int caught[NSIG];

static void
on_signal(int sig)
{
	caught[sig]++;
}

static void
on_usr1(int sig)
{
	(void)sig;
	_exit(42);
}

static int
pauses(void)
{
	(void)signal(SIGUSR1, on_usr1);
	tracee_tell(1);
	while (pause() != 0)
		continue;
	return 1;
}

static pid_t
begin(enum how how, tracee_fn *fn)
{
	pid_t pid = tracee_begin(how, fn);

	tracee_go();
	CHECK_EQ(tracee_told(), 1);
	return pid;
}

static void
several_in_one_stop(enum how how)
{
	pid_t pid = begin(how, pauses);
	int first, second;

	CHECK(kill(pid, SIGUSR1) == 0 && kill(pid, SIGUSR2) == 0);
	first = tracee_stop(pid);
	second = first == SIGUSR1 ? SIGUSR2 : SIGUSR1;
	CHECK(first == SIGUSR1 || first == SIGUSR2);
	CHECK(kill(pid, first) == 0);
	CHECK_EQ(tracee_news(pid), first); /* the lower number comes first */
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_news(pid), second);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGCHLD), 0);
	pause_ms(20);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK(kill(pid, SIGUSR2) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR2);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR1), 0);
	CHECK_EQ(tracee_end(pid), 42);
}

static void
passed_on_ends_it(enum how how)
{
	pid_t pid = begin(how, pauses);

	CHECK(kill(pid, SIGTERM) == 0);
	CHECK_EQ(tracee_stop(pid), SIGTERM);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR2), 0);
	CHECK_EQ(tracee_end(pid), ENDED_BY + SIGUSR2);
}

/* Handlers run once for each signal that was passed on. */
static int
catches(void)
{
	struct sigaction sa;
	sigset_t none;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_signal;
	(void)sigfillset(&sa.sa_mask);
	(void)sigaction(SIGUSR1, &sa, NULL);
	(void)sigaction(SIGUSR2, &sa, NULL);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigprocmask(SIG_SETMASK, &sa.sa_mask, NULL);
	(void)sigemptyset(&none);
	tracee_tell(1);
	while (caught[SIGTERM] == 0)
		(void)sigsuspend(&none);
	return caught[SIGUSR1] == 1 && caught[SIGUSR2] == 1 &&
		caught[SIGTERM] == 1
	    ? 42
	    : 1;
}

static void
one_handler_each(enum how how)
{
	pid_t pid = begin(how, catches);

	CHECK(kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK(kill(pid, SIGUSR2) == 0 && kill(pid, SIGBUS) == 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR1), 0); /* stays stopped */
	CHECK_EQ(tracee_stop(pid), SIGBUS);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR2);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGUSR2), 0);
	pause_ms(20);
	CHECK_EQ(tracee_news(pid), 0);
	CHECK(kill(pid, SIGTERM) == 0);
	CHECK_EQ(tracee_stop(pid), SIGTERM);
	CHECK_EQ(tracee_do(T_RESUME, pid, SIGTERM), 0);
	CHECK_EQ(tracee_end(pid), 42);
}

/* Signals that were sent are not lost by detaching; tracing's own are. */
static void
detach_passes(enum how how)
{
	pid_t pid = begin(how, catches);
	int status = 0;

	CHECK(kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK(kill(pid, SIGUSR2) == 0); /* not collected */
	CHECK_EQ(tracee_do(T_DETACH, pid, SIGUSR1), 0);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), ESRCH);
	pause_ms(20);
	CHECK_EQ(tracee_do(T_ATTACH, pid, 0), 0); /* and at once: */
	CHECK_EQ(tracee_do(T_DETACH, pid, SIGTERM), 0);
	/* Its end is its parent's affair now, which tells it as its own. */
	CHECK(wait(&status) > 0 && WIFEXITED(status));
	CHECK_EQ(WEXITSTATUS(status), 42);
}

static int data[2];

static int
reads(void)
{
	char c;

	(void)signal(SIGUSR1, on_signal);
	tracee_tell(1);
	return read(data[0], &c, 1) == 1 && c == 'd' && caught[SIGUSR1] == 0
	    ? 42
	    : 1;
}

static void
a_stop_ends_no_call(enum how how)
{
	pid_t pid;

	CHECK(pipe(data) == 0);
	pid = begin(how, reads);
	pause_ms(20);
	CHECK(kill(pid, SIGUSR1) == 0);
	CHECK_EQ(tracee_stop(pid), SIGUSR1);
	CHECK_EQ(tracee_do(T_RESUME, pid, 0), 0);
	pause_ms(20);
	CHECK(write(data[1], "d", 1) == 1);
	CHECK_EQ(tracee_end(pid), 42);
	(void)close(data[0]);
	(void)close(data[1]);
}

/* A wait for one process is not woken by the news of another. */
static void
waits_for_the_right_one(void)
{
	const struct sigaction plain = { .sa_handler = on_signal };
	pid_t a = fork(), b, sender;
	int status = 0;

	if (a == 0)
		for (;;)
			(void)pause();
	b = begin(BY_OK, pauses);
	CHECK(sigaction(SIGALRM, &plain, NULL) == 0);
	CHECK_EQ(tracee_do(T_ATTACH, a, 0), 0);
	CHECK_EQ(tracee_stop(a), SIGSTOP);
	sender = fork();
	if (sender == 0) { /* while the tracer waits for the other one */
		pause_ms(100);
		_exit(kill(b, SIGUSR2) == 0 ? 0 : 1);
	}
	(void)alarm(1);
	CHECK(waitpid(a, &status, 0) == -1 && errno == EINTR);
	CHECK_EQ(child_end(sender), 0);
	CHECK_EQ(waitpid(-1, &status, 0), b);
	CHECK_EQ(WSTOPSIG(status), SIGUSR2);
	CHECK(kill(a, SIGKILL) == 0 && waitpid(a, &status, 0) == a);
	CHECK(kill(b, SIGKILL) == 0);
	CHECK_EQ(tracee_end(b), ENDED_BY + SIGKILL);
}

int
main(int argc, char **argv)
{
	report_begin("ptrace-signals", argc > 1 ? argv[1] : NULL);
	tracee_each(several_in_one_stop);
	tracee_each(passed_on_ends_it);
	tracee_each(one_handler_each);
	tracee_each(a_stop_ends_no_call);
	waits_for_the_right_one();
	tracee_each(detach_passes);
	return report_end();
}
