/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * echo: write the arguments.
 */
#include <string.h>

#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	int i, first = 1, newline = 1;

	cmd_init(argv,
	    "echo [-n] [WORD...]\n"
	    "Write the words, separated by blanks; -n: without a "
	    "newline at the end.\n");
	if (argc > 1 && strcmp(argv[1], "-n") == 0) {
		newline = 0;
		first = 2;
	}
	for (i = first; i < argc; i++) {
		if (i > first)
			cmd_puts(" ");
		cmd_puts(argv[i]);
	}
	if (newline)
		cmd_puts("\n");
	return 0;
}
