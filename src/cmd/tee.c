/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tee: copy the standard input to files and to the standard output.
 */
#include <fcntl.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define FILES_MAX 32

int
main(int argc, char *argv[])
{
	int fds[FILES_MAX], append = 0, n, i;
	char buffer[4096];
	ssize_t r;

	cmd_init(argv,
	    "tee [-a] [FILE...]\n"
	    "Copy the standard input to the standard output and to "
	    "files; -a: behind what is in them.\n");
	while (cmd_option(argc, argv, "a") != -1)
		append = 1;
	n = argc - cmd_operand;
	if (n > FILES_MAX)
		cmd_usage();
	for (i = 0; i < n; i++) {
		fds[i] = open(argv[cmd_operand + i],
		    O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0666);
		if (fds[i] < 0)
			cmd_warn(argv[cmd_operand + i]);
	}
	while ((r = read(STDIN_FILENO, buffer, sizeof buffer)) > 0) {
		if (cmd_write(STDOUT_FILENO, buffer, (size_t)r) != 0)
			cmd_warn("standard output");
		for (i = 0; i < n; i++) {
			if (fds[i] >= 0 &&
			    cmd_write(fds[i], buffer, (size_t)r) != 0)
				cmd_warn(argv[cmd_operand + i]);
		}
	}
	if (r < 0)
		cmd_warn("standard input");
	return cmd_status;
}
