/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mknod: make devices and named pipes.
 */
#include <string.h>
#include <sys/stat.h>

#include <abi/dev.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	long high = 0, low = 0;
	mode_t mode;

	cmd_init(argv,
	    "mknod NAME b|c MAJOR MINOR | mknod NAME p\n"
	    "Make a block or character device, or a named pipe.\n");
	cmd_no_options(&argc, &argv);
	if (argc != (argc > 2 && strcmp(argv[2], "p") == 0 ? 3 : 5) ||
	    argv[2][1] != '\0')
		cmd_usage();
	if (argc == 5 &&
	    (cmd_number(argv[3], &high) != 0 ||
		cmd_number(argv[4], &low) != 0 || high > 255 || low > 255))
		cmd_usage();
	mode = 0666;
	if (argv[2][0] == 'p')
		mode |= S_IFIFO;
	else if (argv[2][0] == 'b')
		mode |= S_IFBLK;
	else if (argv[2][0] == 'c')
		mode |= S_IFCHR;
	else
		cmd_usage();
	if (mknod(argv[1], mode, dev_make(high, low)) != 0)
		cmd_fail(argv[1]);
	return 0;
}
