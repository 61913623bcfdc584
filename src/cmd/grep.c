/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grep: find lines that match a regular expression.
 */
#include <regex.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static regex_t expression;
static int invert, number, counting, quiet, list, fixed, named;
static const char *pattern;
static bool any;

static bool
matches(const char *line)
{
	if (fixed)
		return strstr(line, pattern) != NULL;
	return regexec(&expression, line, 0, NULL, 0) == 0;
}

static void
show(const char *name, long at, const char *line, size_t n)
{
	if (named) {
		cmd_outs(name);
		cmd_outc(':');
	}
	if (number) {
		cmd_out_number(at, 0);
		cmd_outc(':');
	}
	cmd_out(line, n);
	cmd_outc('\n');
}

static void
search(int fd, const char *name)
{
	struct cmd_input in;
	long at = 0, hits = 0;
	char *line;
	size_t n;

	cmd_input_init(&in, fd);
	while ((line = cmd_line(&in, &n)) != NULL) {
		at++;
		if (matches(line) == (invert != 0))
			continue;
		hits++;
		if (quiet || list)
			break;
		if (!counting)
			show(name, at, line, n);
	}
	if (in.failed)
		cmd_warn(name);
	cmd_input_done(&in);
	any |= hits > 0;
	if (counting && !quiet && !list) {
		if (named) {
			cmd_outs(name);
			cmd_outc(':');
		}
		cmd_out_number(hits, 0);
		cmd_outc('\n');
	} else if (list && hits > 0) {
		cmd_outs(name);
		cmd_outc('\n');
	}
}

int
main(int argc, char *argv[])
{
	int c, flags = REG_NOSUB, r;

	cmd_init(argv,
	    "grep [-EFchilnqsv] [-e PATTERN | PATTERN] [FILE...]\n"
	    "Write the lines that match a pattern. -E: extended regular "
	    "expression; -F: plain text; -c: only how many; -h: no names of "
	    "files; -i: upper and lower case alike; -l: only names of files; "
	    "-n: with numbers; -q: nothing, see the status; -v: the other "
	    "lines. Status 0: found, 1: not found, 2: an error.\n");
	while ((c = cmd_option(argc, argv, "EFce:hilnqsv")) != -1) {
		switch (c) {
		case 'E':
			flags |= REG_EXTENDED;
			break;
		case 'F':
			fixed = 1;
			break;
		case 'c':
			counting = 1;
			break;
		case 'e':
			pattern = cmd_argument;
			break;
		case 'h':
			named = -1;
			break;
		case 'i':
			flags |= REG_ICASE;
			break;
		case 'l':
			list = 1;
			break;
		case 'n':
			number = 1;
			break;
		case 'v':
			invert = 1;
			break;
		default:
			quiet = 1;
			break;
		}
	}
	if (pattern == NULL)
		pattern = cmd_operand < argc ? argv[cmd_operand++] : NULL;
	if (pattern == NULL)
		cmd_usage();
	named = named == 0 && argc - cmd_operand > 1;
	r = fixed ? 0 : regcomp(&expression, pattern, flags);
	if (r != 0) {
		cmd_warnx(pattern, "not a regular expression");
		return 2;
	}
	cmd_each_file(argv + cmd_operand, search);
	return cmd_status != 0 ? 2 : !any;
}
