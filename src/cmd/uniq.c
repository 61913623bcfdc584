/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * uniq: equal lines in a row, once.
 */
#include <stdlib.h>
#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static int counts, repeated, single;

static void
show(const char *line, long times)
{
	if (line == NULL || (repeated && times == 1) || (single && times > 1))
		return;
	if (counts) {
		cmd_out_number(times, 7);
		cmd_outc(' ');
	}
	cmd_outs(line);
	cmd_outc('\n');
}

static void
filter(int fd, const char *name)
{
	struct cmd_input in;
	char *line, *last = NULL;
	long times = 0;
	size_t n;

	cmd_input_init(&in, fd);
	while ((line = cmd_line(&in, &n)) != NULL) {
		if (last != NULL && strcmp(last, line) == 0) {
			times++;
			continue;
		}
		show(last, times);
		last = cmd_memory(last, n + 1);
		memcpy(last, line, n + 1);
		times = 1;
	}
	show(last, times);
	if (in.failed)
		cmd_warn(name);
	free(last);
	cmd_input_done(&in);
}

int
main(int argc, char *argv[])
{
	int c;

	cmd_init(argv,
	    "uniq [-cdu] [FILE]\n"
	    "Write equal lines in a row once; -c: with their number; "
	    "-d: only repeated ones; -u: only others.\n");
	while ((c = cmd_option(argc, argv, "cdu")) != -1) {
		counts |= c == 'c';
		repeated |= c == 'd';
		single |= c == 'u';
	}
	if (argc - cmd_operand > 1)
		cmd_usage();
	cmd_each_file(argv + cmd_operand, filter);
	return cmd_status;
}
