/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sort: order lines. All of them are in memory; the order of equal ones is
 * that of the input.
 */
#include <stdlib.h>
#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

struct line {
	char *text;
	size_t at; /**< order of the input */
};

static struct line *lines;
static size_t count, size;
static int numeric, reverse, unique, fold, key;
static char separator;

static void
collect(int fd, const char *name)
{
	struct cmd_input in;
	char *line;
	size_t n;

	cmd_input_init(&in, fd);
	while ((line = cmd_line(&in, &n)) != NULL) {
		if (count == size) {
			size = size > 0 ? 2 * size : 64;
			lines = cmd_memory(lines, size * sizeof *lines);
		}
		lines[count].text = cmd_memory(NULL, n + 1);
		memcpy(lines[count].text, line, n + 1);
		lines[count].at = count;
		count++;
	}
	if (in.failed)
		cmd_warn(name);
	cmd_input_done(&in);
}

/* Where the key begins. */
static const char *
field(const char *s)
{
	int i;

	for (i = 1; i < key; i++) {
		if (separator != '\0') {
			s += strcspn(s, (char[2]){ separator, '\0' });
			s += *s != '\0';
		} else {
			s += strspn(s, " \t");
			s += strcspn(s, " \t");
		}
	}
	return numeric || (key > 0 && separator == '\0') ? s + strspn(s, " \t")
							 : s;
}

static int
fold_case(int c)
{
	return fold && c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

/* Numbers of any length: sign, then length, then digits. */
static int
compare_numbers(const char *a, const char *b)
{
	int minus = *a == '-', other = *b == '-', r = 0;
	size_t n, m;

	a += minus;
	b += other;
	a += strspn(a, "0");
	b += strspn(b, "0");
	n = strspn(a, "0123456789");
	m = strspn(b, "0123456789");
	minus = minus && n > 0;
	other = other && m > 0;
	if (minus != other)
		return other - minus;
	if (n != m)
		r = n < m ? -1 : 1;
	else
		r = strncmp(a, b, n);
	return minus ? -r : r;
}

static int
compare_text(const char *a, const char *b)
{
	while (*a != '\0' &&
	    fold_case((unsigned char)*a) == fold_case((unsigned char)*b)) {
		a++;
		b++;
	}
	return fold_case((unsigned char)*a) - fold_case((unsigned char)*b);
}

static int
compare_keys(const struct line *x, const struct line *y)
{
	const char *a = field(x->text), *b = field(y->text);
	int r = numeric ? compare_numbers(a, b) : compare_text(a, b);

	return reverse ? -r : r;
}

static int
compare(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int r = compare_keys(x, y);

	if (r != 0)
		return r;
	return x->at < y->at ? -1 : x->at > y->at;
}

int
main(int argc, char *argv[])
{
	long n = 0;
	size_t i;
	int c;

	cmd_init(argv,
	    "sort [-fnru] [-k FIELD] [-t SEPARATOR] [FILE...]\n"
	    "Order lines. -f: upper and lower case alike; -k: by "
	    "what begins with a field, from 1; -n: by a number; -r: "
	    "backwards; -t: what separates fields, else blanks; -u: "
	    "equal ones only once.\n");
	while ((c = cmd_option(argc, argv, "fk:nrt:u")) != -1) {
		fold |= c == 'f';
		numeric |= c == 'n';
		reverse |= c == 'r';
		unique |= c == 'u';
		if (c == 't')
			separator = cmd_argument[0];
		if (c != 'k')
			continue;
		cmd_argument[strcspn(cmd_argument, ",")] = '\0';
		if (cmd_number(cmd_argument, &n) != 0 || n < 1 || n > 1000)
			cmd_usage();
		key = (int)n;
	}
	cmd_each_file(argv + cmd_operand, collect);
	if (count > 0)
		qsort(lines, count, sizeof *lines, compare);
	for (i = 0; i < count; i++) {
		if (unique && i > 0 &&
		    compare_keys(&lines[i - 1], &lines[i]) == 0)
			continue;
		cmd_outs(lines[i].text);
		cmd_outc('\n');
	}
	return cmd_status;
}
