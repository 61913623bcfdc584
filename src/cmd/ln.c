/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * ln: give a file one more name, or make a symbolic link.
 */
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static int symbolic, force;

static void
make_link(const char *old, const char *new)
{
	int r;

	if (force)
		(void)unlink(new); /* if it stays, the link says why */
	r = symbolic ? symlink(old, new) : link(old, new);
	if (r != 0)
		cmd_warn(new);
}

int
main(int argc, char *argv[])
{
	char path[1024];
	struct stat st;
	int c, i;

	cmd_init(argv,
	    "ln [-fs] FILE... NAME\n"
	    "Link files to a name, or into a directory; -s: "
	    "symbolically; -f: replace what is there.\n");
	while ((c = cmd_option(argc, argv, "fs")) != -1) {
		if (c == 'f')
			force = 1;
		else if (c == 's')
			symbolic = 1;
		else
			cmd_usage();
	}
	if (argc - cmd_operand < 2)
		cmd_usage();
	if (stat(argv[argc - 1], &st) != 0 || !S_ISDIR(st.st_mode)) {
		if (argc - cmd_operand != 2)
			cmd_usage();
		make_link(argv[cmd_operand], argv[cmd_operand + 1]);
		return cmd_status;
	}
	for (i = cmd_operand; i < argc - 1; i++) {
		if (cmd_join(path, sizeof path, argv[argc - 1],
			cmd_basename(argv[i])) != 0)
			cmd_warn(argv[i]);
		else
			make_link(argv[i], path);
	}
	return cmd_status;
}
