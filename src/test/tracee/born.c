/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D6, D8. Children and new programs of a traced process stop before
 * they have done anything, if that is wanted.
 */
#include "test/tracee/scene.h"

#include <fcntl.h>

#define OUT 9 /* descriptor to tell through, across exec */

static const char self[] = "/test/tracee-born";
static char nonce[NONCE_HEX + 1];
static int from; /* its other end */

static void
tell(uint32_t w)
{
	(void)write(OUT, &w, sizeof w);
}

/* What has been told; 0: nothing. */
static uint32_t
told(void)
{
	uint32_t w = 0;

	(void)read(from, &w, sizeof w);
	return w;
}

static int
forks(void)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		tell(word("child", 0));
		_exit(5);
	}
	if (waitpid(pid, &status, 0) != pid)
		return 2;
	return WIFEXITED(status) && WEXITSTATUS(status) == 5 ? 3 : 4;
}

static int
executes(void)
{
	(void)execl(self, self, "tell", nonce, (char *)NULL);
	return 2;
}

/* Wait for a process that has not been seen; at most a second. */
static int
stranger(pid_t known, pid_t *pid)
{
	int status = 0;

	for (int i = 0; i < 100; i++) {
		*pid = waitpid(-1, &status, WNOHANG);
		if (*pid > 0)
			return *pid != known && WIFSTOPPED(status)
			    ? WSTOPSIG(status)
			    : ENDED;
		pause_ms(10);
	}
	return 0;
}

static void
child_stops(void)
{
	pid_t pid = begin_traced(forks), its = 0;

	if (pid == NO_CHILD)
		return;
	report_status("option", request(T_SETOPT, pid, TO_TRACEFORK));
	(void)request(T_RESUME, pid, 0);
	report_number("child", stranger(pid, &its));
	pause_ms(30);
	report_addr("before", told());
	report_status("child-on", request(T_RESUME, its, 0));
	report_number("child-end", shown(its) == ENDED ? how_ended() : 0);
	report_addr("after", told());
	while (shown(pid) == SIGCHLD)
		(void)request(T_RESUME, pid, 0);
	report_number("parent-end", how_ended());
}

static void
child_runs(void)
{
	pid_t pid = begin_traced(forks);

	if (pid == NO_CHILD)
		return;
	(void)request(T_RESUME, pid, 0);
	while (shown(pid) == SIGCHLD)
		(void)request(T_RESUME, pid, 0);
	report_number("untraced", how_ended());
	report_addr("untraced-word", told());
}

/* Run an exec with options; -1: as it was begun. What it stops with. */
static int
exec_with(pid_t pid, long options, uint32_t *early)
{
	int sig;

	if (options != -1 && request(T_SETOPT, pid, options) != OK)
		return -2;
	(void)request(T_RESUME, pid, 0);
	sig = shown(pid);
	*early = told();
	if (sig != ENDED) {
		pause_ms(30);
		*early |= told();
		(void)request(T_RESUME, pid, 0);
		CHECK_EQ(shown(pid), ENDED);
	}
	CHECK_EQ(how_ended(), 6);
	return sig;
}

static void
programs(void)
{
	static const struct {
		const char *name, *early;
		long options;
	} rows[] = { { "exec", "exec-early", -1 },
		{ "alt", "alt-early", TO_ALTEXEC },
		{ "none", "none-early", TO_NOEXEC } };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pid_t pid = begin_traced(executes);
		uint32_t early = 0;

		if (pid == NO_CHILD)
			return;
		report_number(rows[i].name,
		    exec_with(pid, rows[i].options, &early));
		report_addr(rows[i].early, early);
		(void)told();
	}
}

static int
waits_and_executes(void)
{
	pause_ms(50);
	return executes();
}

/* Options of one tracing are not those of the next. */
static void
again(void)
{
	pid_t pid = begin_traced(waits_and_executes);
	uint32_t early;

	if (pid == NO_CHILD)
		return;
	(void)request(T_SETOPT, pid, TO_ALTEXEC);
	(void)request(T_DETACH, pid, 0);
	if (held(pid)) /* TO_NOEXEC: it does not stop */
		report_number("again", exec_with(pid, -1, &early));
}

/* As the new program. */
static int
program(const char *hex)
{
	uint8_t of_this_run[NONCE_SIZE];

	if (nonce_parse(hex, of_this_run) != 0)
		return 1;
	tell(nonce_u32(of_this_run, "program", 0));
	return 6;
}

int
main(int argc, char **argv)
{
	int fd[2];

	if (argc > 2)
		return program(argv[2]);
	report_begin("tracee-born", argc > 1 ? argv[1] : NULL);
	if (argc > 1)
		(void)strlcpy(nonce, argv[1], sizeof nonce);
	if (pipe(fd) != 0 || dup2(fd[1], OUT) != OUT ||
	    fcntl(fd[0], F_SETFL, O_NONBLOCK) != 0)
		return report_end();
	from = fd[0];
	child_stops();
	child_runs();
	programs();
	again();
	return report_end();
}
