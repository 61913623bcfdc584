/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * touch: set the times of files to now, making those that miss.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <utime.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	int i, fd;

	cmd_init(argv,
	    "touch FILE...\n"
	    "Set the times of the files to now; make empty ones "
	    "of those that are not there.\n");
	cmd_no_options(&argc, &argv);
	if (argc == 1)
		cmd_usage();
	for (i = 1; i < argc; i++) {
		if (utime(argv[i], NULL) == 0)
			continue;
		fd = errno == ENOENT ? open(argv[i], O_WRONLY | O_CREAT, 0666)
				     : -1;
		if (fd < 0)
			cmd_warn(argv[i]);
		else
			(void)close(fd);
	}
	return cmd_status;
}
