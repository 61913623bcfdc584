/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals. Handlers only note what has come; traps run between commands.
 */
#include "cmd/sh/trap.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/sh/builtin.h"

#include <lacuna/cmd.h>

static char *traps[NSIG]; /* commands; 0 is the end of the shell */
static volatile sig_atomic_t pending[NSIG];
static bool parents; /* they are those of the parent, and do nothing */

static void
on_interrupt(int sig)
{
	(void)sig;
	sh.interrupted = 1;
}

/* A handler rather than SIG_IGN: programs do not inherit it. */
static void
on_nothing(int sig)
{
	(void)sig;
}

static void
on_trap(int sig)
{
	pending[sig] = 1;
	sh.trapped = 1;
}

static int
handle(int sig, void (*handler)(int))
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = handler;
	return sigaction(sig, &sa, NULL);
}

void
trap_interactive(void)
{
	/* These cannot fail. */
	(void)handle(SIGINT, on_interrupt);
	(void)handle(SIGQUIT, on_nothing);
	(void)handle(SIGTERM, on_nothing);
	(void)handle(SIGTSTP, on_nothing);
	(void)handle(SIGTTOU, SIG_IGN);
}

void
trap_run(void)
{
	int sig, status = sh.status;
	char *command;

	sh.trapped = 0;
	for (sig = 1; sig < NSIG; sig++) {
		if (!pending[sig] || traps[sig] == NULL)
			continue;
		pending[sig] = 0;
		command = heap_copy(traps[sig]); /* it may change itself */
		sh_run_text(command);
		free(command);
		if (sh.leave == LEAVE_NOT)
			sh.status = status;
	}
}

static void
forget(int sig)
{
	free(traps[sig]);
	traps[sig] = NULL;
	pending[sig] = 0;
}

void
trap_child(void)
{
	int sig;

	for (sig = 0; sig < NSIG; sig++) {
		if (traps[sig] == NULL || traps[sig][0] == '\0')
			continue;
		pending[sig] = 0;
		if (sig > 0)
			(void)handle(sig, SIG_DFL);
	}
	parents = true;
	sh.trapped = 0;
}

/* The child sets traps of its own: those of its parent are no more. */
static void
forget_parents(void)
{
	int sig;

	for (sig = 0; parents && sig < NSIG; sig++)
		if (traps[sig] != NULL && traps[sig][0] != '\0')
			forget(sig);
	parents = false;
}

char *
trap_exit(void)
{
	char *command = trap_at_exit() ? traps[0] : NULL;

	traps[0] = NULL;
	return command;
}

bool
trap_at_exit(void)
{
	return traps[0] != NULL && !parents;
}

/* What a signal does once it has no trap any more. */
static void
reset(int sig)
{
	if (sig == 0)
		return;
	if (sh.interactive && sig == SIGINT)
		(void)handle(sig, on_interrupt);
	else if (sh.interactive && (sig == SIGQUIT || sig == SIGTERM))
		(void)handle(sig, on_nothing);
	else
		(void)handle(sig, SIG_DFL);
}

static int
set(const char *command, const char *name)
{
	int sig = strcmp(name, "EXIT") == 0 ? 0 : cmd_signal(name);

	if (sig < 0) {
		sh_warn(name, "no such signal");
		return 1;
	}
	forget_parents();
	if (command == NULL) {
		forget(sig);
		reset(sig);
		return 0;
	}
	if (sig > 0 && handle(sig, *command != '\0' ? on_trap : SIG_IGN) != 0) {
		sh_warn(name, NULL);
		return 1;
	}
	forget(sig);
	traps[sig] = heap_copy(command);
	return 0;
}

static int
show(void)
{
	const char *name;
	struct text t;
	int sig;

	text_init(&t, &sh.now);
	for (sig = 0; sig < NSIG; sig++) {
		if (traps[sig] == NULL)
			continue;
		text_puts(&t, "trap -- '");
		text_puts(&t, traps[sig]);
		text_puts(&t, "' ");
		name = sig == 0 ? "EXIT" : cmd_signal_name(sig);
		if (name != NULL)
			text_puts(&t, name);
		else
			text_number(&t, sig);
		text_add(&t, '\n');
	}
	return sh_out(text_end(&t));
}

int
builtin_trap(int argc, char **argv)
{
	int i = 1, status = 0;
	long n;
	const char *command;

	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	if (i == argc)
		return show();
	command = argv[i];
	if (strcmp(command, "-") == 0 || cmd_number(command, &n) == 0)
		command = NULL;
	if (command != NULL || strcmp(argv[i], "-") == 0)
		i++;
	for (; i < argc; i++)
		status |= set(command, argv[i]);
	return status;
}
