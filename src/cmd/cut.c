/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * cut: parts of lines, by fields or columns.
 */
#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define LIST_MAX 512 /* highest number in a list */

static bool wanted[LIST_MAX + 1];
static bool rest; /* all after the highest */
static char separator = '\t';
static int columns, only;

/* "1,3-5,7-" */
static void
list(char *s)
{
	long from, to;
	char *dash, *next;

	for (; s != NULL; s = next) {
		next = strchr(s, ',');
		if (next != NULL)
			*next++ = '\0';
		dash = strchr(s, '-');
		if (dash != NULL)
			*dash++ = '\0';
		from = 1;
		if (*s != '\0' && cmd_number(s, &from) != 0)
			cmd_usage();
		to = from;
		if (dash != NULL && *dash == '\0') {
			to = LIST_MAX;
			rest = true;
		} else if (dash != NULL && cmd_number(dash, &to) != 0) {
			cmd_usage();
		}
		if (from < 1 || to < from || to > LIST_MAX)
			cmd_usage();
		for (; from <= to; from++)
			wanted[from] = true;
	}
}

static bool
want(size_t n)
{
	return n <= LIST_MAX ? wanted[n] : rest;
}

static void
cut_columns(const char *line, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (want(i + 1))
			cmd_outc(line[i]);
	}
	cmd_outc('\n');
}

static void
cut_fields(char *line)
{
	bool first = true;
	size_t i = 0;
	char *end;

	if (strchr(line, separator) == NULL) {
		if (only)
			return;
		cmd_outs(line);
		line = NULL;
	}
	for (; line != NULL; line = end) {
		end = strchr(line, separator);
		if (end != NULL)
			*end++ = '\0';
		if (!want(++i))
			continue;
		if (!first)
			cmd_outc(separator);
		cmd_outs(line);
		first = false;
	}
	cmd_outc('\n');
}

static void
cut(int fd, const char *name)
{
	struct cmd_input in;
	char *line;
	size_t n;

	cmd_input_init(&in, fd);
	while ((line = cmd_line(&in, &n)) != NULL) {
		if (columns)
			cut_columns(line, n);
		else
			cut_fields(line);
	}
	if (in.failed)
		cmd_warn(name);
	cmd_input_done(&in);
}

int
main(int argc, char *argv[])
{
	int c, lists = 0;

	cmd_init(argv,
	    "cut -c LIST | -f LIST [-d SEPARATOR] [-s] [FILE...]\n"
	    "Write columns (-c) or fields (-f) of lines, as 1,3-5,7-. "
	    "-d: what separates fields, else a tab; -s: no lines "
	    "without it.\n");
	while ((c = cmd_option(argc, argv, "c:d:f:s")) != -1) {
		only |= c == 's';
		columns |= c == 'c';
		if (c == 'd')
			separator = cmd_argument[0];
		if (c == 'c' || c == 'f') {
			list(cmd_argument);
			lists++;
		}
	}
	if (lists != 1)
		cmd_usage();
	cmd_each_file(argv + cmd_operand, cut);
	return cmd_status;
}
