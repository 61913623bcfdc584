/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * kill: send a signal to processes.
 */
#include <signal.h>
#include <string.h>
#include <sys/types.h>

#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	int i, sig, group;
	long pid;

	cmd_init(argv,
	    "kill [-SIGNAL | -s SIGNAL] PID... | kill -l\n"
	    "Send a signal, TERM if not said; -PID after -- is a "
	    "process group; -l lists the names.\n");
	if (argc == 2 && strcmp(argv[1], "-l") == 0) {
		cmd_signal_list();
		return 0;
	}
	sig = cmd_kill_signal(argc, argv, &i);
	if (sig < 0) {
		cmd_warnx(argv[i], "no such signal; kill -l lists them");
		return 2;
	}
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
