/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The first user process, ancestor of all others. It gives the console to
 * what the boot parameter `run` names - a path and arguments, separated by
 * commas - and halts the machine when that has ended. Without the parameter,
 * or with run=shell, it runs /etc/rc and then a shell, and a new shell
 * whenever one ends; with shells=N it halts after so many of them. Meanwhile it
 * collects the orphans.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <sys/lacuna.h>

#define ARGS_MAX 32
#define RUN_MAX  512
#define CONSOLE  "/dev/console"

/* What execve() wants is not const, though it changes nothing. */
static char path[] = "PATH=/bin:/sbin:/usr/bin", home[] = "HOME=/root",
	    term[] = "TERM=vt100", user[] = "USER=root", sh[] = "/bin/sh",
	    rc[] = "/etc/rc";
static char *const environment[] = { path, home, term, user, NULL };

/* Text for the console, without the weight of stdio. */
static void
say(const char *a, const char *b)
{
	(void)!write(STDERR_FILENO, a, strlen(a));
	(void)!write(STDERR_FILENO, b, strlen(b));
	(void)!write(STDERR_FILENO, "\n", 1);
}

/* Descriptors 0, 1 and 2 on the console, as controlling terminal of a
 * session of this process's own if that is wanted. */
static void
console_open(int flags)
{
	int fd = open(CONSOLE, O_RDWR | flags);

	if (fd < 0)
		fd = open("/dev/null", O_RDWR);
	if (fd < 0)
		return; /* then there is nobody to talk to */
	(void)dup2(fd, STDIN_FILENO);
	(void)dup2(fd, STDOUT_FILENO);
	(void)dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		(void)close(fd);
}

static _Noreturn void
child(char *const argv[])
{
	int fd;

	for (fd = 0; fd <= STDERR_FILENO; fd++)
		(void)close(fd);
	(void)setsid();
	console_open(0);
	(void)signal(SIGTERM, SIG_DFL);
	(void)execve(argv[0], argv, environment);
	say("init: cannot run ", argv[0]);
	_exit(127);
}

/* Run a program and wait for it; others that end are collected, too. */
static int
run(char *const argv[])
{
	int status = 0;
	pid_t pid = fork(), ended;

	if (pid == 0)
		child(argv);
	if (pid < 0) {
		say("init: no process for ", argv[0]);
		return -1;
	}
	do {
		ended = wait(&status);
	} while (ended != pid && !(ended < 0 && errno == ECHILD));
	return status;
}

/* Cut "path,arg,arg" into words. */
static void
words(char *text, char *argv[ARGS_MAX + 1])
{
	int n = 0;

	for (argv[n++] = text; *text != '\0' && n < ARGS_MAX; text++) {
		if (*text == ',') {
			*text = '\0';
			argv[n++] = text + 1;
		}
	}
	argv[n] = NULL;
}

/* /etc/rc and shells: as many as the boot parameters say, or without an end. */
static void
run_shells(void)
{
	char *const boot[] = { sh, rc, NULL };
	char *const shell[] = { sh, NULL };
	char text[16] = "0";
	long n;

	(void)getparam("shells", text, sizeof text); /* else without an end */
	n = strtol(text, NULL, 10);
	(void)run(boot);
	do {
		int status = run(shell);

		if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
			(void)sleep(5); /* no shell: do not spin */
	} while (n <= 0 || --n > 0);
}

int
main(void)
{
	static char what[RUN_MAX] = "shell";
	char *argv[ARGS_MAX + 1];

	console_open(O_NOCTTY);
	(void)signal(SIGTERM, SIG_IGN);
	(void)getparam("run", what, sizeof what); /* else the shell */
	if (strcmp(what, "shell") == 0) {
		run_shells();
	} else {
		words(what, argv);
		(void)run(argv);
	}
	(void)tcdrain(STDOUT_FILENO); /* its last words are still on the way */
	if (reboot(RB_HALT) < 0)
		say("init: ", "the machine does not halt");
	for (;;)
		(void)pause();
}
