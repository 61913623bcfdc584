/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * yes: say it for ever.
 */
#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	cmd_init(argv, "yes [WORD]\nWrite a word, else y, again and again.\n");
	for (;;) {
		cmd_outs(argc > 1 ? argv[1] : "y");
		cmd_outc('\n');
	}
}
