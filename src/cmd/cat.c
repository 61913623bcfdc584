/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * cat: copy files to the standard output.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>

static char buffer[16384] __attribute__((aligned(4096)));

static void
copy(int fd, const char *name)
{
	ssize_t n;

	while ((n = read(fd, buffer, sizeof buffer)) > 0) {
		if (cmd_write(STDOUT_FILENO, buffer, (size_t)n) != 0)
			cmd_fail("standard output");
	}
	if (n < 0)
		cmd_warn(name);
}

int
main(int argc, char *argv[])
{
	int i, fd;

	cmd_init(argv,
	    "cat [FILE...]\n"
	    "Copy the files, or the standard input, to the "
	    "standard output. - is the standard input.\n");
	if (argc == 1)
		copy(STDIN_FILENO, "standard input");
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-") == 0) {
			copy(STDIN_FILENO, "standard input");
			continue;
		}
		fd = open(argv[i], O_RDONLY);
		if (fd < 0) {
			cmd_warn(argv[i]);
			continue;
		}
		copy(fd, argv[i]);
		(void)close(fd);
	}
	return cmd_status;
}
