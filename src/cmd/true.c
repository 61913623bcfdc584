/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * true: succeed.
 */
#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	(void)argc;
	cmd_init(argv, "true\nEnd with status 0.\n");
	return 0;
}
