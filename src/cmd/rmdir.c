/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * rmdir: remove empty directories.
 */
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	int i;

	cmd_init(argv, "rmdir DIRECTORY...\nRemove empty directories.\n");
	cmd_no_options(&argc, &argv);
	if (argc == 1)
		cmd_usage();
	for (i = 1; i < argc; i++) {
		if (rmdir(argv[i]) != 0)
			cmd_warn(argv[i]);
	}
	return cmd_status;
}
