/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * false: fail.
 */
#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	(void)argc;
	cmd_init(argv, "false\nEnd with status 1.\n");
	return 1;
}
