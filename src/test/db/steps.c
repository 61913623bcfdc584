/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A program to be debugged: the argument says what it does. Its functions are
 * kept apart, so that a debugger finds each by its name.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define APART __attribute__((noinline, noipa))

int leaf(int n);
int middle(int n);
extern volatile int counter;

volatile int counter;
static const char self[] = "/test/db-steps";
static volatile int *volatile nowhere = (int *)0x10;

APART int
leaf(int n)
{
	counter += n;
	return counter;
}

APART int
middle(int n)
{
	return leaf(n) + 1;
}

static void
on_signal(int sig)
{
	(void)sig;
	counter++;
}

static int
forks(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(middle(5));
	(void)waitpid(pid, &status, 0);
	return middle(7) + WEXITSTATUS(status); /* 8 and 6 */
}

static int
signalled(void)
{
	(void)signal(SIGUSR1, on_signal);
	(void)raise(SIGUSR1);
	return counter;
}

/* Until a debugger changes the counter. */
static int
loops(void)
{
	while (leaf(0) == 0)
		(void)usleep(1000);
	return counter;
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "fork") == 0)
		return forks();
	if (strcmp(what, "signal") == 0)
		return signalled();
	if (strcmp(what, "loop") == 0)
		return loops();
	if (strcmp(what, "exec") == 0)
		(void)execl(self, self, "calls", NULL);
	if (strcmp(what, "crash") == 0)
		*nowhere = 1;
	(void)middle(1);
	(void)middle(2);
	return counter;
}
