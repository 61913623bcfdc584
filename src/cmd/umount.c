/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * umount: take a file system off the tree.
 */
#include <sys/mount.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	cmd_init(argv,
	    "umount DIRECTORY\n"
	    "Take the file system that is mounted there off the "
	    "tree.\n");
	cmd_no_options(&argc, &argv);
	if (argc != 2)
		cmd_usage();
	if (umount(argv[1]) != 0)
		cmd_fail(argv[1]);
	return 0;
}
