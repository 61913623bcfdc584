/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * cmp: compare two files.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static unsigned char a[4096], b[4096];

/* Read until the buffer is full or the file ends. */
static ssize_t
fill(int fd, unsigned char *to, const char *name)
{
	size_t n = 0;
	ssize_t r;

	do {
		r = read(fd, to + n, sizeof a - n);
		if (r < 0) {
			cmd_warn(name);
			_exit(2);
		}
		n += (size_t)r;
	} while (r > 0 && n < sizeof a);
	return (ssize_t)n;
}

static int
differ(char *names[], int64_t at, int64_t line, bool quiet)
{
	if (quiet)
		return 1;
	cmd_outs(names[0]);
	cmd_outc(' ');
	cmd_outs(names[1]);
	cmd_outs(" differ: byte ");
	cmd_out_number(at, 0);
	cmd_outs(", line ");
	cmd_out_number(line, 0);
	cmd_outc('\n');
	return 1;
}

static int
compare(int fd, int other, char *names[], bool quiet)
{
	int64_t at = 1, line = 1;
	ssize_t n, m, i;

	do {
		n = fill(fd, a, names[0]);
		m = fill(other, b, names[1]);
		for (i = 0; i < n && i < m; i++, at++) {
			if (a[i] != b[i])
				return differ(names, at, line, quiet);
			line += a[i] == '\n';
		}
	} while (n == m && n > 0);
	if (n == m)
		return 0;
	if (!quiet)
		cmd_warnx(n < m ? names[0] : names[1], "ends before the other");
	return 1;
}

int
main(int argc, char *argv[])
{
	int fd[2], i, quiet = 0;
	char **names;

	cmd_init(argv,
	    "cmp [-s] FILE FILE\n"
	    "Compare two files: status 0 if they are equal, 1 if "
	    "not, 2 after an error; -s: without a word.\n");
	while (cmd_option(argc, argv, "s") != -1)
		quiet = 1;
	if (argc - cmd_operand != 2)
		cmd_usage();
	names = argv + cmd_operand;
	for (i = 0; i < 2; i++) {
		fd[i] = strcmp(names[i], "-") == 0 ? STDIN_FILENO
						   : open(names[i], O_RDONLY);
		if (fd[i] < 0) {
			cmd_warn(names[i]);
			return 2;
		}
	}
	return compare(fd[0], fd[1], names, quiet);
}
