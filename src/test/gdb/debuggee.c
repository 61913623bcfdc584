/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * gdb-debuggee MODE [WORD]: a program to be debugged from outside. It is
 * compiled without optimisation, so that each line and each variable can be
 * found. Lines that a debugger is to stop at are known by their text.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/wait.h>
#include <unistd.h>

#include <proto/pm_info.h>

static volatile int looping = 1;
static volatile int handled;
static int *volatile nowhere;

/* The sum of 1 .. n, in as many frames. */
static int
sum(int n)
{
	int rest;

	if (n == 0)
		return 0; /* the deepest frame */
	rest = sum(n - 1);
	return n + rest;
}

/* Count the letters of a word that are vowels. */
static int
vowels(const char *word)
{
	int count = 0;

	for (const char *at = word; *at != '\0'; at++)
		if (strchr("aeiou", *at) != NULL)
			count++;
	return count; /* all letters are counted */
}

static int
counted(const char *word)
{
	int total = sum(3);

	total += vowels(word);
	return total;
}

/* Say something at once. */
static void
say(const char *text)
{
	puts(text);
	fflush(stdout);
}

static int
crash(void)
{
	say("about to crash");
	*nowhere = 1; /* there is no memory */
	return 0;
}

static int
loop(void)
{
	unsigned int turns = 0;

	say("busy");
	while (looping)
		turns++; /* until somebody changes looping */
	say("no longer busy");
	return turns > 0 ? 5 : 6;
}

static void
on_usr1(int sig)
{
	handled = sig;
}

static int
signalled(void)
{
	signal(SIGUSR1, on_usr1);
	raise(SIGUSR1);
	return handled == SIGUSR1 ? 9 : 10;
}

/* The end of a child, as its exit status. */
static int
end_of(pid_t pid)
{
	int status = 0;

	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return 20;
	return WEXITSTATUS(status);
}

/* A child does what has a breakpoint in its parent. */
static int
forked(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(vowels("eau") + 8);
	return end_of(pid);
}

static int
replaced(const char *self)
{
	execl(self, self, "count", "queue", (char *)NULL);
	return 21;
}

/* Have a process debugged. */
static void
have_debugged(pid_t pid)
{
	char id[16];
	pid_t stub;

	snprintf(id, sizeof id, "%d", pid);
	stub = fork();
	if (stub == 0) {
		execl("/bin/gdbstub", "gdbstub", "-p", id, "/dev/tty01",
		    (char *)NULL);
		_exit(22);
	}
	printf("gdbstub ended with %d\n", end_of(stub));
}

/* A child that loops is debugged. */
static int
attached(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(loop());
	have_debugged(child);
	printf("what was debugged ended with %d\n", end_of(child));
	return 0;
}

/* A service is debugged. */
static int
service_attached(const char *name)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.kind == 's' && strcmp(info.name, name) == 0)
			have_debugged(info.pid);
	return 0;
}

int
main(int argc, char *argv[])
{
	const char *mode = argc > 1 ? argv[1] : "";

	if (strcmp(mode, "count") == 0 && argc > 2)
		return counted(argv[2]);
	if (strcmp(mode, "crash") == 0)
		return crash();
	if (strcmp(mode, "loop") == 0)
		return loop();
	if (strcmp(mode, "signal") == 0)
		return signalled();
	if (strcmp(mode, "fork") == 0)
		return forked();
	if (strcmp(mode, "exec") == 0)
		return replaced(argv[0]);
	if (strcmp(mode, "attach") == 0)
		return argc > 2 ? service_attached(argv[2]) : attached();
	return 2;
}
