/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * kill: send a signal to processes.
 */
#include <signal.h>
#include <string.h>
#include <sys/types.h>

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
	{ "USR1", SIGUSR1 },
	{ "USR2", SIGUSR2 },
};

static int
signal_number(const char *text)
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

static void
list(void)
{
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		cmd_puts(names[i].name);
		cmd_puts(i + 1 < sizeof names / sizeof names[0] ? " " : "\n");
	}
}

int
main(int argc, char *argv[])
{
	int i = 1, sig = SIGTERM, group;
	long pid;

	cmd_init(argv,
	    "kill [-SIGNAL] PID... | kill -l\n"
	    "Send a signal, TERM if not said; -PID after -- is a "
	    "process group; -l lists the names.\n");
	if (argc == 2 && strcmp(argv[1], "-l") == 0) {
		list();
		return 0;
	}
	if (i < argc && argv[i][0] == '-' && strcmp(argv[i], "--") != 0) {
		sig = signal_number(argv[i] + 1);
		if (sig < 0) {
			cmd_warnx(argv[i],
			    "no such signal; kill -l lists them");
			return 2;
		}
		i++;
	}
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	if (i == argc)
		cmd_usage();
	for (; i < argc; i++) {
		group = argv[i][0] == '-';
		if (cmd_number(argv[i] + group, &pid) != 0)
			cmd_warnx(argv[i], "not a process id");
		else if (kill((pid_t)(group ? -pid : pid), sig) != 0)
			cmd_warn(argv[i]);
	}
	return cmd_status;
}
