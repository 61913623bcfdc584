/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals by name.
 */
#include <signal.h>
#include <stddef.h>
#include <string.h>

#include <lacuna/cmd.h>

static const struct {
	const char *name;
	int sig;
} names[] = {
	{ "HUP", SIGHUP },
	{ "INT", SIGINT },
	{ "QUIT", SIGQUIT },
	{ "ILL", SIGILL },
	{ "TRAP", SIGTRAP },
	{ "ABRT", SIGABRT },
	{ "FPE", SIGFPE },
	{ "KILL", SIGKILL },
	{ "BUS", SIGBUS },
	{ "SEGV", SIGSEGV },
	{ "PIPE", SIGPIPE },
	{ "ALRM", SIGALRM },
	{ "TERM", SIGTERM },
	{ "STOP", SIGSTOP },
	{ "TSTP", SIGTSTP },
	{ "CONT", SIGCONT },
	{ "CHLD", SIGCHLD },
	{ "TTIN", SIGTTIN },
	{ "TTOU", SIGTTOU },
	{ "EMT", SIGEMT },
	{ "VTALRM", SIGVTALRM },
	{ "PROF", SIGPROF },
	{ "WINCH", SIGWINCH },
	{ "URG", SIGURG },
	{ "USR1", SIGUSR1 },
	{ "USR2", SIGUSR2 },
};

int
cmd_signal(const char *text)
{
	long n;
	size_t i;

	if (cmd_number(text, &n) == 0)
		return n < NSIG ? (int)n : -1;
	if (strncmp(text, "SIG", 3) == 0)
		text += 3;
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(text, names[i].name) == 0)
			return names[i].sig;
	}
	return -1;
}

int
cmd_kill_signal(int argc, char **argv, int *next)
{
	const char *name;
	int sig = SIGTERM;

	*next = 1;
	if (argc > 1 && argv[1][0] == '-' && strcmp(argv[1], "--") != 0) {
		name = argv[1] + 1;
		if (argc > 2 && strcmp(name, "s") == 0)
			name = argv[++*next];
		sig = cmd_signal(name);
		if (sig < 0)
			return sig;
		++*next;
	}
	if (*next < argc && strcmp(argv[*next], "--") == 0)
		++*next;
	return sig;
}

const char *
cmd_signal_name(int sig)
{
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (names[i].sig == sig)
			return names[i].name;
	}
	return NULL;
}

void
cmd_signal_list(void)
{
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		cmd_puts(names[i].name);
		cmd_puts(i + 1 < sizeof names / sizeof names[0] ? " " : "\n");
	}
}
