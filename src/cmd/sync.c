/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sync: write everything to the disks.
 */
#include <unistd.h>

#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	cmd_init(argv,
	    "sync\nWrite all that is still in memory to the "
	    "disks.\n");
	if (argc > 1)
		cmd_usage();
	sync();
	return 0;
}
