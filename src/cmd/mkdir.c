/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mkdir: make directories.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

/* Make what is missing on the way to a directory. */
static int
make_parents(char *path)
{
	char *p;

	for (p = path + 1; (p = strchr(p, '/')) != NULL; p++) {
		*p = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST) {
			*p = '/';
			return -1;
		}
		*p = '/';
	}
	return 0;
}

int
main(int argc, char *argv[])
{
	int c, i, parents = 0, r;

	cmd_init(argv,
	    "mkdir [-p] DIRECTORY...\n"
	    "Make directories; -p: their parents, too, and an "
	    "existing one is no error.\n");
	while ((c = cmd_option(argc, argv, "p")) != -1)
		parents |= c == 'p';
	if (cmd_operand == argc)
		cmd_usage();
	for (i = cmd_operand; i < argc; i++) {
		r = parents ? make_parents(argv[i]) : 0;
		if (r == 0)
			r = mkdir(argv[i], 0777);
		if (r != 0 && !(parents && errno == EEXIST))
			cmd_warn(argv[i]);
	}
	return cmd_status;
}
