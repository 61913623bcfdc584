/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * trace: the calls of a program, one line each. The names of calls, of their
 * arguments and of constants come from the headers of the protocols, by way
 * of tables that are made when the system is built (tables.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#include "cmd/trace/event.h"
#include "cmd/trace/filter.h"
#include "cmd/trace/output.h"
#include "cmd/trace/process.h"
#include "cmd/trace/value.h"

#define STRING_MAX 4096

static const char usage[] =
    "trace [-cf] [-e LIST] [-o FILE] [-s SIZE] [-v] PROGRAM [ARGUMENT...]\n"
    "      trace [-cf] [-e LIST] [-o FILE] [-s SIZE] [-v] -p PID...\n"
    "      trace -l\n"
    "Run a program, or attach to processes, and write each call it makes to "
    "a server: arguments, status, reply; and each signal. -f: of its "
    "children, too; -c: only count them; -e: only these calls, or all but "
    "these (-e !LIST), by name, or by protocol (vfs); -o: to a file; -s: so "
    "much of strings; -v: all of records; -l: list the calls.\n";

static volatile sig_atomic_t caught; /* a signal that ends us */
static volatile sig_atomic_t ticked;
static pid_t program; /* that was started, or 0 */
static bool counting;

static void
on_signal(int sig)
{
	if (sig == SIGALRM)
		ticked = 1;
	else
		caught = sig;
}

/* Signals must end a wait, so SA_RESTART is not wanted. */
static void catch (int sig)
{
	struct sigaction sa = { .sa_handler = on_signal };

	(void)sigaction(sig, &sa, NULL);
}

/* The keyboard's signals are for the program that was started, which has them
 * from the terminal itself. */
static void
catch_signals(void)
{
	static const struct itimerval second = { { 1, 0 }, { 1, 0 } };

	catch (SIGALRM);
	catch (SIGTERM);
	catch (SIGHUP);
	if (program == 0) {
		catch (SIGINT);
		catch (SIGQUIT);
	} else {
		(void)signal(SIGINT, SIG_IGN);
		(void)signal(SIGQUIT, SIG_IGN);
	}
	(void)setitimer(ITIMER_REAL, &second, NULL);
}

/* We are to end. What was started gets the signal, and at the second time an
 * end; what we were attached to goes on. Says whether that was all. */
static bool
leave(void)
{
	static bool again;

	if (program != 0) {
		(void)kill(program, again ? SIGKILL : caught);
		again = true;
		caught = 0;
		return false;
	}
	while (tracees != NULL) {
		event_detach(tracees);
		tracee_remove(tracees);
	}
	return true;
}

/* Until nothing is traced any more. Gives the status to end with. */
static int
trace(void)
{
	int status = 0;
	bool quiet = false; /* nothing has happened for a second */
	pid_t pid;

	for (;;) {
		if (caught != 0 && leave())
			return 0;
		pid = waitpid(-1, &status, 0);
		if (pid == -1 && errno == EINTR) {
			if (ticked && quiet)
				event_lasting();
			quiet = ticked || quiet;
			ticked = 0;
			continue;
		}
		if (pid == -1)
			return event_status;
		quiet = false;
		event(pid, status);
		event_others(pid);
	}
}

static void
list_calls(void)
{
	for (const struct call *c = calls; c->name != NULL; c++) {
		cmd_outs(c->name);
		cmd_outc('\n');
	}
}

static void
attach(const char *word)
{
	long pid;

	if (cmd_number(word, &pid) != 0)
		cmd_usage();
	if (process_attach((pid_t)pid) != 0) {
		cmd_warn(word);
		return;
	}
	event_attached((pid_t)pid);
}

static void
option(int c)
{
	long n;

	switch (c) {
	case 'c':
		output.quiet = counting = true;
		break;
	case 'e':
		filter_set(cmd_argument);
		break;
	case 'f':
		event_follow = output.with_pid = true;
		break;
	case 'o':
		output.fd = open(cmd_argument,
		    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		if (output.fd == -1)
			cmd_fail(cmd_argument);
		break;
	case 's':
		if (cmd_number(cmd_argument, &n) != 0 || n > STRING_MAX)
			cmd_usage();
		value_limits.string = (size_t)n;
		break;
	default:
		value_limits.all = true;
		break;
	}
}

int
main(int argc, char *argv[])
{
	bool attaching = false, listing = false;
	const char *path;
	int c, status;

	cmd_init(argv, usage);
	while ((c = cmd_option(argc, argv, "ce:flo:ps:v")) != -1) {
		attaching |= c == 'p';
		listing |= c == 'l';
		if (c != 'p' && c != 'l')
			option(c);
	}
	if (listing) {
		list_calls();
		return 0;
	}
	argv += cmd_operand;
	if (*argv == NULL)
		cmd_usage();
	if (attaching) {
		output.with_pid |= argv[1] != NULL;
		for (; *argv != NULL; argv++)
			attach(*argv);
		if (tracees == NULL)
			return 1;
	} else {
		path = process_find(*argv);
		program = process_start(path, argv);
		event_started(program, path);
	}
	catch_signals();
	status = trace();
	if (counting)
		count_show(output.fd);
	return status != 0 ? status : cmd_status;
}
