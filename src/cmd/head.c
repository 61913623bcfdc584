/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * head: the beginnings of files.
 */
#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static long lines = 10;
static int many;

static void
head(int fd, const char *name)
{
	static int count;
	struct cmd_input in;
	char *line = NULL;
	size_t n;
	long i;

	if (many) {
		cmd_outs(count++ > 0 ? "\n==> " : "==> ");
		cmd_outs(name);
		cmd_outs(" <==\n");
	}
	cmd_input_init(&in, fd);
	for (i = 0; i < lines; i++) {
		line = cmd_line(&in, &n);
		if (line == NULL)
			break;
		cmd_out(line, n);
		if (in.newline)
			cmd_outc('\n');
	}
	if (in.failed)
		cmd_warn(name);
	cmd_input_done(&in);
}

int
main(int argc, char *argv[])
{
	cmd_init(argv,
	    "head [-n LINES] [FILE...]\n"
	    "Write the first lines of files, 10 if not said.\n");
	if (argc > 1 && argv[1][0] == '-' &&
	    cmd_number(argv[1] + 1, &lines) == 0)
		cmd_operand = 2;
	while (cmd_option(argc, argv, "n:") != -1) {
		if (cmd_number(cmd_argument, &lines) != 0)
			cmd_usage();
	}
	many = argc - cmd_operand > 1;
	cmd_each_file(argv + cmd_operand, head);
	return cmd_status;
}
