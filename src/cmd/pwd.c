/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * pwd: name the working directory.
 */
#include <unistd.h>

#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	static char path[1024];

	cmd_init(argv, "pwd\nWrite the path of the working directory.\n");
	if (argc > 1)
		cmd_usage();
	if (getcwd(path, sizeof path) == NULL)
		cmd_fail("working directory");
	cmd_puts(path);
	cmd_puts("\n");
	return 0;
}
