/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * seq: numbers in order. This file is yours to write; until then nothing is
 * written, and the command fails.
 */
#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	(void)argc;
	cmd_init(argv,
	    "seq [FIRST [STEP]] LAST\n"
	    "Write the numbers from the first, else 1, to the last, "
	    "a line each.\n");
	return 1;
}
