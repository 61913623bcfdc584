/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * cat: copy files to the standard output.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static char buffer[16384] __attribute__((aligned(4096)));

/* Would what is read be written to its own end? Then there is no end. */
static bool
feeds_itself(int fd)
{
	struct stat in, out;

	return fstat(fd, &in) == 0 && fstat(STDOUT_FILENO, &out) == 0 &&
	    S_ISREG(in.st_mode) && in.st_dev == out.st_dev &&
	    in.st_ino == out.st_ino && in.st_size > 0;
}

static void
copy(int fd, const char *name)
{
	ssize_t n;

	if (feeds_itself(fd)) {
		cmd_warnx(name, "is the standard output, too");
		return;
	}
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
	cmd_no_options(&argc, &argv);
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
