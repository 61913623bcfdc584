/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mount: join a file system to the tree.
 */
#include <sys/mount.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	const char *type = "ext2";
	int c, flags = 0;

	cmd_init(argv,
	    "mount [-r] [-t SERVER] DEVICE DIRECTORY\n"
	    "Join the file system on a device to the tree; -r: only "
	    "for reading; -t: the label of its file server, else "
	    "ext2.\n");
	while ((c = cmd_option(argc, argv, "rt:")) != -1) {
		if (c == 'r')
			flags |= MS_RDONLY;
		else
			type = cmd_argument;
	}
	if (argc - cmd_operand != 2)
		cmd_usage();
	if (mount(argv[cmd_operand], argv[cmd_operand + 1], type, flags) != 0)
		cmd_fail(argv[cmd_operand]);
	return 0;
}
