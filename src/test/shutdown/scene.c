/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See test/shutdown/scene.h. */
#include "test/shutdown/scene.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#define UP "service up /test/shutdown-%s -config /etc/test.conf -label %s "

static volatile sig_atomic_t told;

bool
agent(const char *name, const char *deed, int major)
{
	char command[200], driver[20] = "";

	if (major != 0)
		(void)snprintf(driver, sizeof driver, " -major %d", major);
	(void)snprintf(command, sizeof command, UP "-args '%s %s'%s", "agent",
	    name, name, deed, driver);
	return shell(command) == 0;
}

bool
server(const char *mode)
{
	char command[200];

	(void)snprintf(command, sizeof command, UP "-args '%s'", "fs",
	    "t.server", mode);
	return shell(command) == 0 &&
	    shell("mount -t t.server /dev/c0d0p2 /mnt") == 0;
}

static void
on_term(int sig)
{
	(void)sig;
	told = 1;
}

/* In the child: wait for TERM, do what is to be done then. */
static _Noreturn void
await_term(void (*term)(void))
{
	sigset_t blocked, before;

	(void)sigemptyset(&blocked);
	(void)sigaddset(&blocked, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &blocked, &before);
	(void)signal(SIGTERM, on_term);
	(void)signal(SIGHUP, SIG_IGN);
	while (!told)
		(void)sigsuspend(&before);
	term();
	_exit(0);
}

int
user(void (*term)(void))
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)setsid();
	await_term(term);
}

int
stubborn_user(void (*live)(void))
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)setsid();
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	for (;;)
		live();
}

void
say(const char *fmt, ...)
{
	char line[120];
	va_list ap;
	int fd = open("/dev/klog", O_WRONLY), n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	if (fd < 0)
		return;
	(void)!write(fd, line, (size_t)n);
	(void)close(fd);
}
