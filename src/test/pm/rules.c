/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D13. What POSIX says of each call on signals, as tables: every signal
 * and both sides of each limit of sigaction, sigprocmask, sigpending,
 * sigsuspend and kill; what wait, alarm and setitimer refuse and tell.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define USER 1000 /* of nobody else */

static volatile int calls;
static sigset_t seen; /* the mask a handler ran with */

static void
on_signal(int sig)
{
	(void)sig;
	calls++;
	(void)sigprocmask(SIG_BLOCK, NULL, &seen);
}

static sigset_t
set_of(int a, int b)
{
	sigset_t set;

	sigemptyset(&set);
	if (a != 0)
		sigaddset(&set, a);
	if (b != 0)
		sigaddset(&set, b);
	return set;
}

static int
act(int sig, void (*with)(int), sigset_t mask, int flags)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = with;
	sa.sa_mask = mask;
	sa.sa_flags = flags;
	return sigaction(sig, &sa, NULL) == 0 ? 0 : errno;
}

static bool
is_fixed(int sig)
{
	return sig == SIGKILL || sig == SIGSTOP;
}

/* Every signal, and the numbers around them. */
static void
actions(void)
{
	static const int bad[] = { INT_MIN, -1, 0, _NSIG, _NSIG + 1, INT_MAX };
	const int flags =
	    SA_NOCLDSTOP | SA_RESTART | SA_NODEFER | SA_RESETHAND | SA_ONSTACK;
	sigset_t all;
	struct sigaction sa;
	int sig, i;

	sigfillset(&all);
	for (sig = 1; sig < _NSIG; sig++) {
		const int wanted = is_fixed(sig) ? EINVAL : 0;

		CHECK_EQ(act(sig, on_signal, all, flags), wanted);
		CHECK_EQ(sigaction(sig, NULL, &sa), 0);
		CHECK(sa.sa_handler == (wanted ? SIG_DFL : on_signal));
		CHECK_EQ(sa.sa_flags, wanted ? 0 : flags);
		CHECK_EQ(sigismember(&sa.sa_mask, SIGKILL), 0);
		CHECK_EQ(sigismember(&sa.sa_mask, SIGSTOP), 0);
		CHECK_EQ(sigismember(&sa.sa_mask, SIGTERM), wanted ? 0 : 1);
		CHECK_EQ(act(sig, SIG_IGN, all, 0), wanted);
		CHECK_EQ(act(sig, SIG_DFL, set_of(0, 0), 0), wanted);
	}
	for (i = 0; i < 6; i++) {
		CHECK_EQ(act(bad[i], SIG_DFL, all, 0), EINVAL);
		CHECK(sigaction(bad[i], NULL, &sa) < 0 && errno == EINVAL);
	}
}

static int
member(int sig)
{
	sigset_t set;

	return sigpending(&set) == 0 ? sigismember(&set, sig) : -1;
}

/* Masks: what each way of setting does, and what cannot be blocked. */
static void
masks(void)
{
	sigset_t one = set_of(SIGUSR1, 0), two = set_of(SIGUSR2, SIGKILL), now;

	CHECK(sigprocmask(-1, &one, NULL) < 0 && errno == EINVAL);
	CHECK(sigprocmask(SIG_SETMASK + 1, &one, NULL) < 0 && errno == EINVAL);
	CHECK_EQ(sigprocmask(-1, NULL, &now), 0); /* it is not looked at */
	CHECK_EQ(sigprocmask(SIG_SETMASK, &one, NULL), 0);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &two, &now), 0);
	CHECK_ADDR(now, one);
	CHECK_EQ(sigprocmask(SIG_UNBLOCK, &one, &now), 0);
	CHECK_ADDR(now, set_of(SIGUSR1, SIGUSR2));
	sigfillset(&now);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &now, &now), 0);
	CHECK_ADDR(now, set_of(SIGUSR2, 0));
	CHECK_EQ(sigprocmask(SIG_BLOCK, NULL, &now), 0);
	CHECK_EQ(sigismember(&now, SIGKILL), 0);
	CHECK_EQ(sigismember(&now, SIGSTOP), 0);
	CHECK_EQ(sigismember(&now, SIGTERM), 1);
	now = set_of(0, 0);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &now, NULL), 0);
}

/* A blocked signal waits, once; it comes before the call that lets it returns;
 * to ignore it is to forget it. */
static void
waiting(void)
{
	const sigset_t one = set_of(SIGUSR1, 0);

	CHECK_EQ(act(SIGUSR1, on_signal, set_of(SIGUSR2, 0), 0), 0);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &one, NULL), 0);
	calls = 0;
	CHECK_EQ(member(SIGUSR1), 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(member(SIGUSR1), 1);
	CHECK_EQ(calls, 0);
	CHECK_EQ(sigprocmask(SIG_UNBLOCK, &one, NULL), 0);
	CHECK_EQ(calls, 1);
	CHECK_EQ(member(SIGUSR1), 0);
	CHECK_ADDR(seen, set_of(SIGUSR1, SIGUSR2));

	CHECK_EQ(sigprocmask(SIG_BLOCK, &one, NULL), 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(act(SIGUSR1, SIG_IGN, one, 0), 0);
	CHECK_EQ(member(SIGUSR1), 0);
	CHECK_EQ(act(SIGUSR1, on_signal, one, 0), 0);
	CHECK_EQ(sigprocmask(SIG_UNBLOCK, &one, NULL), 0);
	CHECK_EQ(calls, 1);
}

/* sigsuspend: another mask while it waits, the old one for what follows. */
static void
suspending(void)
{
	const sigset_t one = set_of(SIGUSR1, 0), other = set_of(SIGUSR2, 0);
	sigset_t now;

	CHECK_EQ(act(SIGUSR1, on_signal, set_of(0, 0), 0), 0);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &one, NULL), 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	calls = 0;
	CHECK(sigsuspend(&other) == -1 && errno == EINTR);
	CHECK_EQ(calls, 1);
	/* The handler runs on top of what is restored. */
	CHECK_EQ(sigismember(&seen, SIGUSR1), 1);
	CHECK_EQ(sigprocmask(SIG_UNBLOCK, &one, &now), 0);
	CHECK_ADDR(now, one);
	CHECK(signal(SIGUSR1, SIG_DFL) != SIG_ERR);
}

static int
die_of(int sig)
{
	(void)raise(sig);
	return 0;
}

/* What each signal does if nothing is done about it. */
static void
defaults(void)
{
	const sigset_t harmless =
	    set_of(SIGCHLD, SIGCONT) | set_of(SIGURG, SIGWINCH);
	const sigset_t stops =
	    set_of(SIGSTOP, SIGTSTP) | set_of(SIGTTIN, SIGTTOU);
	int sig, status = 0;
	pid_t pid;

	for (sig = 1; sig < _NSIG; sig++) {
		pid = fork();
		if (pid == 0) {
			(void)setpgid(0, 0); /* its parent can continue it */
			_exit(die_of(sig));
		}
		CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
		if (sigismember(&stops, sig) == 1) {
			CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == sig);
			CHECK_EQ(kill(pid, SIGKILL), 0);
			CHECK_EQ(waitpid(pid, &status, 0), pid);
		} else if (sigismember(&harmless, sig) == 1) {
			CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
		} else {
			CHECK(WIFSIGNALED(status) && WTERMSIG(status) == sig);
		}
	}
}

static int
try_kill(pid_t pid, int sig)
{
	return kill(pid, sig) == 0 ? 0 : errno;
}

/* As a user that owns nothing else: the parent, init, itself. */
static int
as_user(void)
{
	if (setuid(USER) != 0)
		return 1;
	if (try_kill(getppid(), 0) != EPERM ||
	    try_kill(getppid(), SIGTERM) != EPERM || try_kill(1, 0) != EPERM)
		return 2;
	if (try_kill(getppid(), SIGCONT) != 0) /* of the same session */
		return 3;
	return try_kill(getpid(), 0) == 0 ? 0 : 4;
}

static void
targets(void)
{
	pid_t pid = fork();
	siginfo_t info;

	if (pid == 0) {
		(void)setpgid(0, 0);
		_exit(0);
	}
	(void)setpgid(pid, pid);
	CHECK_EQ(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
	CHECK_EQ(try_kill(pid, 0), 0); /* a zombie is there, and its group */
	CHECK_EQ(try_kill(pid, SIGKILL), 0);
	CHECK_EQ(try_kill(-pid, SIGTERM), 0);
	CHECK_EQ(child_end(pid), 0);
	CHECK_EQ(try_kill(pid, 0), ESRCH);
	CHECK_EQ(try_kill(-pid, 0), ESRCH);
	CHECK_EQ(try_kill(INT_MIN, 0), ESRCH);
	CHECK_EQ(try_kill(INT_MAX, 0), ESRCH);
	CHECK_EQ(try_kill(getpid(), -1), EINVAL);
	CHECK_EQ(try_kill(getpid(), _NSIG), EINVAL);
	CHECK_EQ(try_kill(1, SIGKILL), EINVAL);
	CHECK_EQ(act(SIGUSR1, on_signal, set_of(0, 0), 0), 0);
	calls = 0;
	CHECK_EQ(try_kill(0, SIGUSR1), 0); /* its group: it alone */
	CHECK_EQ(try_kill(-getpgrp(), SIGUSR1), 0);
	CHECK_EQ(calls, 2); /* before kill returns */
	CHECK(signal(SIGUSR1, SIG_DFL) != SIG_ERR);
	CHECK_EQ(child(as_user), 0);
}

static int
try_wait(pid_t pid, int options)
{
	const int r = (int)waitpid(pid, NULL, options);

	return r < 0 ? errno : r == 0 ? 0 : -1;
}

static int
leave(int code)
{
	_exit(code);
}

static void
waits(void)
{
	static const int codes[] = { 0, 1, 127, 128, 255, 256, -1 };
	pid_t pid;
	int i;

	for (i = 0; i < 7; i++)
		CHECK_EQ(child_with(leave, codes[i]), codes[i] & 0xff);
	CHECK_EQ(try_wait(-1, 0), ECHILD);
	CHECK_EQ(try_wait(-1, WNOHANG), ECHILD);
	CHECK_EQ(try_wait(getpid(), 0), ECHILD);
	CHECK_EQ(try_wait(getppid(), 0), ECHILD);
	CHECK_EQ(try_wait(0, 0), ECHILD);
	pid = fork();
	if (pid == 0)
		for (;;)
			(void)pause();
	CHECK_EQ(try_wait(-1, 0x40000000), EINVAL);
	CHECK_EQ(try_wait(-1, WNOHANG), 0);
	CHECK_EQ(try_wait(0, WNOHANG), 0);
	CHECK_EQ(try_wait(-getpgrp(), WNOHANG), 0);
	CHECK_EQ(try_wait(pid, WNOHANG), 0);
	CHECK_EQ(try_wait(pid + 1, WNOHANG), ECHILD);
	CHECK_EQ(try_wait(-pid, WNOHANG), ECHILD);
	CHECK_EQ(kill(pid, SIGTERM), 0);
	CHECK_EQ(child_end(pid), SIGNALLED + SIGTERM);
}

static int
no_alarm(void)
{
	struct itimerval now;

	if (getitimer(ITIMER_REAL, &now) != 0)
		return 1;
	return alarm(0) == 0 && !timerisset(&now.it_value) ? 0 : 2;
}

static int
try_timer(int which, long sec, long usec)
{
	const struct itimerval new = { .it_value = { sec, usec } };

	return setitimer(which, &new, NULL) == 0 ? 0 : errno;
}

static void
timers(void)
{
	struct itimerval now, every = { { 0, 20000 }, { 0, 20000 } };

	CHECK_EQ(alarm(100), 0);
	CHECK_EQ(child(no_alarm), 0);              /* not inherited */
	CHECK_EQ(getitimer(ITIMER_REAL, &now), 0); /* it is the same timer */
	CHECK(now.it_value.tv_sec == 99 || now.it_value.tv_sec == 100);
	CHECK_GE(alarm(0), 99);
	CHECK_EQ(alarm(0), 0);

	CHECK_EQ(try_timer(-1, 0, 0), EINVAL);
	CHECK_EQ(try_timer(ITIMER_PROF + 1, 0, 0), EINVAL);
	CHECK_EQ(try_timer(ITIMER_REAL, 0, 1000000), EINVAL);
	CHECK_EQ(try_timer(ITIMER_REAL, 0, -1), EINVAL);
	CHECK_EQ(try_timer(ITIMER_REAL, -1, 0), EINVAL);
	CHECK_EQ(try_timer(ITIMER_REAL, 0, 999999), 0);
	CHECK_EQ(try_timer(ITIMER_REAL, 0, 0), 0);
	CHECK_EQ(alarm(0), 0);

	CHECK_EQ(act(SIGALRM, on_signal, set_of(0, 0), 0), 0);
	calls = 0;
	CHECK_EQ(setitimer(ITIMER_REAL, &every, NULL), 0);
	while (calls < 3)
		(void)pause();
	every.it_value.tv_usec = 0; /* the interval alone is nothing */
	CHECK_EQ(setitimer(ITIMER_REAL, &every, &now), 0);
	CHECK_EQ(now.it_interval.tv_usec, 20000);
	calls = 0;
	pause_ms(60);
	CHECK_EQ(calls, 0);
	CHECK(signal(SIGALRM, SIG_DFL) != SIG_ERR);
}

int
main(int argc, char **argv)
{
	(void)report_begin("pm-rules", argc > 1 ? argv[1] : NULL);
	actions();
	masks();
	waiting();
	suspending();
	defaults();
	targets();
	waits();
	timers();
	return report_end();
}
