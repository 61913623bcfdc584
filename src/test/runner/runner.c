/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Runs tests one after another and tells the host how each of them ended.
 *
 *     /test/runner NONCE SECONDS TEST...
 *
 * The kernel starts it through the boot parameter run=. A test is a program
 * /test/TEST; it gets the nonce as its argument and its own process group,
 * which is killed when SECONDS have passed or the test has ended. The last
 * record is sent, then the machine is halted; a failing test changes nothing
 * of that. A service that takes the whole processor is for the host to see.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <abi/limits.h>
#include <proto/pm.h>

#include "test/report/report.h"

static volatile sig_atomic_t expired;

static void
on_alarm(int sig)
{
	(void)sig;
	expired = 1;
}

/* In the child: become the test. */
static _Noreturn void
become(const char *test, char *nonce)
{
	char path[64], name[REPORT_NAME_MAX];
	char *argv[3] = { name, nonce, NULL };

	(void)setpgid(0, 0); /* then the runner does it */
	snprintf(path, sizeof path, "/test/%s", test);
	snprintf(name, sizeof name, "%s", test);
	execv(path, argv);
	_exit(127);
}

/* Wait for a test, but not longer than `seconds`. */
static int
wait_for(pid_t pid, unsigned int seconds, int *status)
{
	expired = 0;
	(void)alarm(seconds); /* gives what was left of an earlier one */
	while (waitpid(pid, status, 0) < 0) {
		if (expired)
			return -ETIMEDOUT;
		if (errno != EINTR)
			return -errno;
	}
	(void)alarm(0); /* as above */
	return 0;
}

/* Describe the process with an endpoint; false: there is none. */
static bool
find(endpoint_t ep, struct pm_procinfo *info)
{
	int slot = 0;

	while ((slot = getprocinfo(slot, info)) >= 0)
		if (info->ep == ep)
			return true;
	return false;
}

/* Tell which process waits for which, so that a knot can be seen. */
static void
report_waiting(void)
{
	struct pm_procinfo info, peer;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.blocked_on != ANY && info.blocked_on != NONE &&
		    find(info.blocked_on, &peer))
			(void)report_note("waits %s %s", info.name, peer.name);
}

/* Run one test and report its end as "end.TEST". */
static void
run(const char *test, char *nonce, unsigned int seconds)
{
	char name[REPORT_NAME_MAX + 8];
	pid_t pid = fork();
	int status, r;

	snprintf(name, sizeof name, "end.%s", test);
	if (pid < 0) {
		(void)report_obs(name, "fork %d", errno);
		return;
	}
	if (pid == 0)
		become(test, nonce);
	(void)setpgid(pid, pid); /* whoever comes first */
	r = wait_for(pid, seconds, &status);
	if (r == -ETIMEDOUT) {
		report_waiting();
		(void)report_obs(name, "timeout %u", seconds);
	}
	(void)kill(-pid, SIGKILL); /* what it left behind, often nothing */
	if (r < 0 && r != -ETIMEDOUT)
		(void)report_obs(name, "wait %d", -r);
	else if (r == 0 && WIFSIGNALED(status))
		(void)report_obs(name, "signal %d", WTERMSIG(status));
	else if (r == 0)
		(void)report_obs(name, "exit %d", WEXITSTATUS(status));
	while (
	    r == -ETIMEDOUT && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
}

int
main(int argc, char **argv)
{
	struct sigaction sa;
	unsigned int seconds;
	int i;

	if (argc < 3) {
		fprintf(stderr, "usage: runner NONCE SECONDS TEST...\n");
		return 2;
	}
	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_alarm;
	(void)sigaction(SIGALRM, &sa, NULL); /* arguments are right */
	seconds = (unsigned int)strtoul(argv[2], NULL, 10);
	(void)report_begin("runner", argv[1]);
	report_plan((unsigned int)argc - 3);
	for (i = 3; i < argc; i++)
		run(argv[i], argv[1], seconds);
	sync();
	report_bye();
	execl("/bin/halt", "halt", (char *)NULL);
	perror("/bin/halt");
	return 1;
}
