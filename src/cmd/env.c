/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * env: show the environment, or run a command in another one.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	static char *none[] = { NULL };
	int i;

	cmd_init(argv,
	    "env [-i] [NAME=VALUE...] [COMMAND [ARGUMENT...]]\n"
	    "Run a command with more in its environment, -i: only "
	    "that; without a command, show the environment.\n");
	while (cmd_option(argc, argv, "i") != -1)
		environ = none;
	for (i = cmd_operand; i < argc && strchr(argv[i], '='); i++) {
		if (putenv(argv[i]) != 0)
			cmd_fail(argv[i]);
	}
	if (i < argc) {
		(void)execvp(argv[i], argv + i);
		cmd_warn(argv[i]);
		return errno == ENOENT ? 127 : 126;
	}
	for (i = 0; environ[i] != NULL; i++) {
		cmd_outs(environ[i]);
		cmd_outc('\n');
	}
	return 0;
}
