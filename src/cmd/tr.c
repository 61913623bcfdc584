/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tr: replace or remove characters.
 */
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
	const char *from = "ntr0\\", *to = "\n\t\r\0\\", *at;
	char c = *(*s)++;

	if (c != '\\' || **s == '\0')
		return (unsigned char)c;
	c = *(*s)++;
	at = strchr(from, c);
	return (unsigned char)(at != NULL ? to[at - from] : c);
}

/* Characters and ranges as a-z. */
static void
set_read(struct set *set, const char *s)
{
	unsigned low, high;

	set->n = 0;
	while (*s != '\0') {
		low = high = escaped(&s);
		if (*s == '-' && s[1] != '\0') {
			s++;
			high = escaped(&s);
		}
		for (; low <= high && set->n < (int)sizeof set->v; low++)
			set->v[set->n++] = (unsigned char)low;
	}
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
	short map[256];
	int c, invert = 0, remove = 0, squeeze = 0, last = -1;
	ssize_t n, i;

	cmd_init(argv,
	    "tr [-cds] SET [SET]\n"
	    "Replace each character of the first set by that of the "
	    "second, or remove it (-d). -c: all but the first set; "
	    "-s: what repeats after that only once.\n");
	while ((c = cmd_option(argc, argv, "cds")) != -1) {
		invert |= c == 'c';
		remove |= c == 'd';
		squeeze |= c == 's';
	}
	if (argc - cmd_operand < 1 || argc - cmd_operand > 2 ||
	    (argc - cmd_operand == 1 && !remove && !squeeze))
		cmd_usage();
	set_read(&from, argv[cmd_operand]);
	if (invert)
		set_invert(&from);
	set_read(&to, argc - cmd_operand > 1 ? argv[cmd_operand + 1] : "");
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
