/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * clear: empty the screen.
 */
#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	cmd_init(argv, "clear\nEmpty the screen.\n");
	if (argc > 1)
		cmd_usage();
	cmd_puts("\033[H\033[2J");
	return 0;
}
