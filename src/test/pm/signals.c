/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D13. Signals: handlers run with the right mask and nest as
 * asked for, blocked signals wait and all come at once, ignored ones do not,
 * sigsuspend changes the mask for as long as it lasts, faults that are masked
 * kill, and children inherit no pending signals.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

static volatile int count[32], depth, deepest, order[8], norder;
static sigset_t seen; /* mask inside the latest handler */

static void
handler(int sig)
{
	count[sig]++;
	if (norder < 8)
		order[norder++] = sig;
	(void)sigprocmask(SIG_SETMASK, NULL, &seen);
}

/* A handler that sends itself the same signal again, twice. */
static void
nesting(int sig)
{
	depth++;
	deepest = depth > deepest ? depth : deepest;
	if (++count[sig] < 3)
		(void)kill(getpid(), sig);
	depth--;
}

static void catch (int sig, void (*with)(int), int flags, int blocked)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = with;
	sa.sa_flags = flags;
	sigemptyset(&sa.sa_mask);
	if (blocked != 0)
		sigaddset(&sa.sa_mask, blocked);
	CHECK(sigaction(sig, &sa, NULL) == 0);
	count[sig] = 0;
	norder = depth = deepest = 0;
}

static void
mask(int how, int a, int b)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, a);
	sigaddset(&set, b);
	CHECK(sigprocmask(how, &set, NULL) == 0);
}

static bool
pending(int sig)
{
	sigset_t set;

	CHECK(sigpending(&set) == 0);
	return sigismember(&set, sig) == 1;
}

static void
handlers(void)
{
	struct sigaction old;

	catch (SIGUSR1, handler, 0, SIGUSR2);
	CHECK(kill(getpid(), SIGUSR1) == 0 && count[SIGUSR1] == 1);
	CHECK(sigismember(&seen, SIGUSR1) && sigismember(&seen, SIGUSR2));
	CHECK(!sigismember(&seen, SIGTERM));
	CHECK(sigprocmask(SIG_SETMASK, NULL, &seen) == 0);
	CHECK(!sigismember(&seen, SIGUSR1) && !sigismember(&seen, SIGUSR2));

	catch (SIGUSR1, nesting, 0, 0);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(count[SIGUSR1] == 3 && deepest == 1);
	catch (SIGUSR1, nesting, SA_NODEFER, 0);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(count[SIGUSR1] == 3 && deepest == 3);
	catch (SIGUSR1, handler, SA_RESETHAND, 0);
	CHECK(kill(getpid(), SIGUSR1) == 0 && count[SIGUSR1] == 1);
	CHECK(sigaction(SIGUSR1, NULL, &old) == 0 && old.sa_handler == SIG_DFL);
}

/* Two wait; unblocked together, both have run on return. */
static void
blocked(void)
{
	catch (SIGUSR1, handler, 0, 0);
	catch (SIGUSR2, handler, 0, 0);
	mask(SIG_BLOCK, SIGUSR1, SIGUSR2);
	CHECK(kill(getpid(), SIGUSR1) == 0 && kill(getpid(), SIGUSR2) == 0);
	CHECK(kill(getpid(), SIGUSR1) == 0); /* merges */
	CHECK(pending(SIGUSR1) && pending(SIGUSR2) && !pending(SIGTERM));
	CHECK(count[SIGUSR1] == 0 && count[SIGUSR2] == 0);
	mask(SIG_UNBLOCK, SIGUSR1, SIGUSR2);
	CHECK(count[SIGUSR1] == 1 && count[SIGUSR2] == 1);
	CHECK(!pending(SIGUSR1));

	CHECK(signal(SIGUSR1, SIG_IGN) != SIG_ERR);
	mask(SIG_BLOCK, SIGUSR1, SIGUSR1);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(!pending(SIGUSR1)); /* ignored and blocked */
	catch (SIGUSR1, handler, 0, 0);
	mask(SIG_UNBLOCK, SIGUSR1, SIGUSR1);
	CHECK(count[SIGUSR1] == 0);
}

static void
suspended(void)
{
	sigset_t during, after;

	catch (SIGUSR1, handler, 0, 0);
	catch (SIGUSR2, handler, 0, 0);
	mask(SIG_BLOCK, SIGUSR1, SIGUSR2);
	CHECK(kill(getpid(), SIGUSR1) == 0 && kill(getpid(), SIGUSR2) == 0);
	sigemptyset(&during);
	sigaddset(&during, SIGUSR2); /* only USR1 is let in */
	norder = 0;
	CHECK(sigsuspend(&during) == -1 && errno == EINTR);
	CHECK(norder == 1 && order[0] == SIGUSR1);
	CHECK(sigprocmask(SIG_SETMASK, NULL, &after) == 0);
	CHECK(sigismember(&after, SIGUSR1) && sigismember(&after, SIGUSR2));
	CHECK(pending(SIGUSR2));
	mask(SIG_UNBLOCK, SIGUSR1, SIGUSR2);
	CHECK(norder == 2 && order[1] == SIGUSR2);
}

/* Blocked and pending in the parent: nothing of it in the child. */
static int
heir(void)
{
	if (pending(SIGUSR1))
		return 1;
	mask(SIG_UNBLOCK, SIGUSR1, SIGUSR1);
	return count[SIGUSR1] == 0 ? 0 : 2;
}

static void
inherited(void)
{
	catch (SIGUSR1, handler, 0, 0);
	mask(SIG_BLOCK, SIGUSR1, SIGUSR1);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(child(heir) == 0);
	mask(SIG_UNBLOCK, SIGUSR1, SIGUSR1);
	CHECK(count[SIGUSR1] == 1);
}

/* Where nobody has memory. */
static volatile char *volatile nowhere = (volatile char *)16;

static int
masked_fault(void)
{
	mask(SIG_BLOCK, SIGSEGV, SIGSEGV);
	*nowhere = 1;
	return 1;
}

static int
ignored_fault(void)
{
	(void)signal(SIGSEGV, SIG_IGN);
	*nowhere = 1;
	return 1;
}

static int
masked_kill(void)
{
	mask(SIG_BLOCK, SIGSEGV, SIGKILL);
	if (kill(getpid(), SIGSEGV) != 0 || !pending(SIGSEGV))
		return 1;
	(void)kill(getpid(), SIGKILL); /* this one cannot be blocked */
	return 2;
}

static volatile int zero;

static int
division(void)
{
	return 7 / zero;
}

/* A handler that repairs nothing: it must run, and run again. */
static void
leave(int sig)
{
	_exit(sig);
}

static int
caught_fault(void)
{
	(void)signal(SIGSEGV, leave);
	*nowhere = 1;
	return 1;
}

int
main(int argc, char **argv)
{
	(void)report_begin("pm-signals", argc > 1 ? argv[1] : NULL);
	handlers();
	blocked();
	suspended();
	inherited();
	CHECK(child(masked_fault) == SIGNALLED + SIGSEGV);
	CHECK(child(ignored_fault) == SIGNALLED + SIGSEGV);
	CHECK(child(masked_kill) == SIGNALLED + SIGKILL);
	CHECK(child(division) == SIGNALLED + SIGFPE);
	CHECK(child(caught_fault) == SIGSEGV);
	return report_end();
}
