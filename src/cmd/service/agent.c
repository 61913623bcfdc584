/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The agent that runs recovery scripts, see cmd/service/agent.h and the
 * protocol in <proto/rs.h>. Each script has a process that waits for it, kills
 * it when its time is over, and tells RS; so one that hangs holds up nobody.
 *
 * A script runs as the superuser: it must be one that nobody else can change.
 */
#include "cmd/service/agent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/rs.h>

#include "cmd/service/explain.h"

PROTO_STUB(RS_AGENT, rs_agent)
PROTO_STUB(RS_RECOVERED, rs_recovered)

#define NOT_SAFE 126 /* exit statuses, as of a shell */
#define NOT_RUN  127

static char sh[] = "/bin/sh"; /* what execv() wants is not const */

static volatile sig_atomic_t is_over;

static void
on_alarm(int signo)
{
	(void)signo;
	is_over = 1;
}

/* Can only the superuser change what a path names: the file, and each
 * directory on the way to it? */
static bool
is_safe(const char *path)
{
	char part[RS_SCRIPT_MAX];
	struct stat st;
	size_t n;

	for (n = 1; n <= strlen(path); n++) {
		if (n > 1 && path[n] != '/' && path[n] != '\0')
			continue;
		memcpy(part, path, n);
		part[n] = '\0';
		if (stat(part, &st) != 0 || st.st_uid != 0 ||
		    (st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
			return false;
	}
	return true;
}

/* Become the script. */
static _Noreturn void
script_run(struct rs_work *work)
{
	char failures[12];
	char *const argv[] = { sh, work->script, work->label, work->reason,
		failures, NULL };
	int fd = open("/dev/null", O_RDONLY);

	(void)setsid();
	if (fd > STDIN_FILENO)
		(void)dup2(fd, STDIN_FILENO);
	(void)snprintf(failures, sizeof failures, "%d", (int)work->failures);
	if (!is_safe(work->script)) {
		fprintf(stderr,
		    "service: %s is not run: it must exist, and it and its "
		    "directories belong to root and be writable by nobody "
		    "else\n",
		    work->script);
		_exit(NOT_SAFE);
	}
	(void)execv(work->script, argv + 1);
	if (errno == ENOEXEC) /* a text, for the shell */
		(void)execv(sh, argv);
	fprintf(stderr, "service: %s: %s\n", work->script, strerror(errno));
	_exit(NOT_RUN);
}

/* Run a script. Its exit status, or another that is not 0. */
static int
script_wait(struct rs_work *work)
{
	const struct sigaction action = { .sa_handler = on_alarm };
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		script_run(work);
	if (pid < 0)
		return NOT_RUN;
	(void)sigaction(SIGALRM, &action, NULL);
	(void)alarm(work->seconds);
	while (waitpid(pid, &status, 0) != pid) {
		if (errno != EINTR)
			return NOT_RUN;
		if (is_over)
			(void)kill(-pid, SIGKILL);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Tell RS how a script has ended. It may have decided already. */
static void
tell(const struct rs_work *work, int status)
{
	const struct rs_recovered_req req = { work->id, status };
	struct no_payload none;

	(void)call_rs_recovered(RS_PROC_NR, &req, &none);
}

/* See to one service, in a process of its own that init collects. */
static void
work_do(struct rs_work *work)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (fork() <= 0)
			tell(work, script_wait(work));
		_exit(0);
	}
	if (pid < 0)
		tell(work, NOT_RUN);
	else
		(void)waitpid(pid, NULL, 0);
}

int
agent_run(void)
{
	static struct rs_work work;
	struct rs_agent_req req = { (vir_bytes)&work, sizeof work };
	struct no_payload none;
	int r;

	if (geteuid() != 0)
		return explain("agent", -EPERM);
	if (daemon(0, 1) != 0)
		return explain("agent", -errno);
	while ((r = call_rs_agent(RS_PROC_NR, &req, &none)) == OK)
		work_do(&work);
	if (r == -EBUSY || r == -ESHUTDOWN)
		return 0; /* there is a new one, or nothing to be done */
	return explain("agent", r);
}
