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

/** One of the patterns; a line matches if it matches any of them. */
struct pattern {
	const char *text;
	regex_t expression; /* unless fixed, or empty */
};

static struct pattern *patterns;
static int count, flags = REG_NOSUB;
static int invert, number, counting, quiet, list, fixed, named;
static bool any;

static bool
matches_one(const struct pattern *p, const char *line)
{
	if (fixed)
		return strstr(line, p->text) != NULL;
	return p->text[0] == '\0' ||
	    regexec(&p->expression, line, 0, NULL, 0) == 0;
}

static bool
matches(const char *line)
{
	int i;

	for (i = 0; i < count; i++) {
		if (matches_one(&patterns[i], line))
			return true;
	}
	return false;
}

/* Take patterns: each line of the text is one. */
static void
add(char *text)
{
	char *end;

	for (; text != NULL; text = end) {
		end = strchr(text, '\n');
		if (end != NULL)
			*end++ = '\0';
		patterns = cmd_memory(patterns,
		    (size_t)(count + 1) * sizeof *patterns);
		patterns[count++].text = text;
	}
}

/* Once all options are known. */
static bool
compile(void)
{
	int i;

	for (i = 0; i < count && !fixed; i++) {
		if (patterns[i].text[0] == '\0' ||
		    regcomp(&patterns[i].expression, patterns[i].text, flags) ==
			0)
			continue;
		cmd_warnx(patterns[i].text, "not a regular expression");
		return false;
	}
	return true;
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
	int c;

	cmd_init(argv,
	    "grep [-EFchilnqsv] [-e PATTERN... | PATTERN] [FILE...]\n"
	    "Write the lines that match a pattern, or one of several. -E: "
	    "extended regular expression; -F: plain text; -c: only how many; "
	    "-h: no names of files; -i: upper and lower case alike; -l: only "
	    "names of files; "
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
			add(cmd_argument);
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
	if (count == 0 && cmd_operand < argc)
		add(argv[cmd_operand++]);
	if (count == 0)
		cmd_usage();
	named = named == 0 && argc - cmd_operand > 1;
	if (!compile())
		return 2;
	cmd_each_file(argv + cmd_operand, search);
	return cmd_status != 0 ? 2 : !any;
}
