/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tr: replace or remove characters.
 */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

struct set {
	unsigned char v[512];
	int n;
};

static unsigned char
escaped(const char **s)
{
	const char *from = "abfnrtv0\\", *to = "\a\b\f\n\r\t\v\0\\", *at;
	char c = *(*s)++;

	if (c != '\\' || **s == '\0')
		return (unsigned char)c;
	c = *(*s)++;
	at = strchr(from, c);
	return (unsigned char)(at != NULL ? to[at - from] : c);
}

static void
set_add(struct set *set, unsigned c)
{
	if (set->n < (int)sizeof set->v)
		set->v[set->n++] = (unsigned char)c;
}

/* [:NAME:], all characters of a class in order. Gives what follows, or NULL:
 * there is no such class. */
static const char *
set_class(struct set *set, const char *s)
{
	static const struct {
		const char *name;
		int (*has)(int);
	} classes[] = { { "alnum", isalnum }, { "alpha", isalpha },
		{ "blank", isblank }, { "cntrl", iscntrl },
		{ "digit", isdigit }, { "graph", isgraph },
		{ "lower", islower }, { "print", isprint },
		{ "punct", ispunct }, { "space", isspace },
		{ "upper", isupper }, { "xdigit", isxdigit } };

	size_t i, n;
	int c;

	for (i = 0; i < sizeof classes / sizeof classes[0]; i++) {
		n = strlen(classes[i].name);
		if (strncmp(s + 2, classes[i].name, n) != 0 ||
		    strncmp(s + 2 + n, ":]", 2) != 0)
			continue;
		for (c = 0; c < 256; c++) {
			if (classes[i].has(c))
				set_add(set, (unsigned)c);
		}
		return s + n + 4;
	}
	return NULL;
}

/* Read a set; false: it has something in brackets that is not known. */
static bool
set_read(struct set *set, const char *s)
{
	unsigned low, high;

	set->n = 0;
	while (s != NULL && *s != '\0') {
		if (s[0] == '[' && s[1] == ':' && strstr(s + 2, ":]") != NULL) {
			s = set_class(set, s);
			continue;
		}
		low = high = escaped(&s);
		if (*s == '-' && s[1] != '\0') {
			s++;
			high = escaped(&s);
			if (high < low)
				return false;
		}
		for (; low <= high; low++)
			set_add(set, low);
	}
	return s != NULL;
}

static void
set_invert(struct set *set)
{
	struct set other = { .n = 0 };
	int c;

	for (c = 0; c < 256; c++) {
		if (memchr(set->v, c, (size_t)set->n) == NULL)
			other.v[other.n++] = (unsigned char)c;
	}
	*set = other;
}

int
main(int argc, char *argv[])
{
	static struct set from, to;
	static char buffer[4096];
	const char *second;
	short map[256];
	int c, invert = 0, remove = 0, squeeze = 0, last = -1;
	ssize_t n, i;

	cmd_init(argv,
	    "tr [-cds] SET [SET]\n"
	    "Replace each character of the first set by that of the "
	    "second, or remove it (-d). -c: all but the first set; "
	    "-s: what repeats after that only once. A set has characters, "
	    "ranges as a-z, and classes as [:lower:].\n");
	while ((c = cmd_option(argc, argv, "cds")) != -1) {
		invert |= c == 'c';
		remove |= c == 'd';
		squeeze |= c == 's';
	}
	if (argc - cmd_operand < 1 || argc - cmd_operand > 2 ||
	    (argc - cmd_operand == 1 && !remove && !squeeze))
		cmd_usage();
	second = argc - cmd_operand > 1 ? argv[cmd_operand + 1] : "";
	if (!set_read(&from, argv[cmd_operand]) || !set_read(&to, second)) {
		cmd_warnx(argv[cmd_operand], "not a set");
		return 2;
	}
	if (invert)
		set_invert(&from);
	for (c = 0; c < 256; c++)
		map[c] = (short)c;
	for (c = 0; c < from.n; c++) {
		if (remove)
			map[from.v[c]] = -1;
		else if (to.n > 0)
			map[from.v[c]] = to.v[c < to.n ? c : to.n - 1];
	}
	if (to.n == 0)
		to = from;
	while ((n = read(STDIN_FILENO, buffer, sizeof buffer)) > 0) {
		for (i = 0; i < n; i++) {
			c = map[(unsigned char)buffer[i]];
			if (c < 0 ||
			    (squeeze && c == last &&
				memchr(to.v, c, (size_t)to.n) != NULL))
				continue;
			cmd_outc((char)c);
			last = c;
		}
	}
	if (n < 0)
		cmd_warn("standard input");
	return cmd_status;
}
