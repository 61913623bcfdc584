/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * printf: formatted output: %s %c %b %d %i %u %x %o %%, with -, 0 and widths,
 * and escapes in the format.
 */
#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define WIDTH_MAX 1000

static char **next; /* the arguments that are left */
static bool took;

static const char *
argument(void)
{
	if (*next == NULL)
		return "";
	took = true;
	return *next++;
}

/* After a backslash. Gives what follows it. */
static const char *
escape(const char *s)
{
	const char *from = "abfnrtv\\\"'", *to = "\a\b\f\n\r\t\v\\\"'", *at;
	unsigned n = 0;
	int i;

	if (*s >= '0' && *s <= '7') {
		for (i = 0; i < 3 && *s >= '0' && *s <= '7'; i++)
			n = n * 8 + (unsigned)(*s++ - '0');
		cmd_outc((char)n);
		return s;
	}
	at = *s != '\0' ? strchr(from, *s) : NULL;
	if (at == NULL) {
		cmd_outc('\\');
		return s;
	}
	cmd_outc(to[at - from]);
	return s + 1;
}

static long
number(const char *s)
{
	long n = 0;

	if (*s == '\'' || *s == '"')
		return (unsigned char)s[1];
	if (*s != '\0' && cmd_integer(s, 0, &n) != 0)
		cmd_warnx(s, "not a number");
	return n;
}

/* A number: sign, zeros or blanks to the width, digits. */
static void
put_number(char how, long n, int width, bool zeros, bool left)
{
	unsigned long u = (unsigned long)n;
	bool minus = (how == 'd' || how == 'i') && n < 0;
	unsigned base = how == 'x' ? 16 : how == 'o' ? 8 : 10;
	char text[32], *p = text + sizeof text;

	if (minus)
		u = 0 - u;
	*--p = '\0';
	do {
		*--p = "0123456789abcdef"[u % base];
		u /= base;
	} while (u > 0);
	if (zeros && !left) {
		if (minus)
			cmd_outc('-');
		for (width -= (int)strlen(p) + minus; width > 0; width--)
			cmd_outc('0');
		minus = false;
	}
	if (minus)
		*--p = '-';
	cmd_out_column(p, left ? -width : width);
}

/* After a %. Gives what follows it. */
static const char *
directive(const char *s)
{
	bool left = false, zeros = false;
	const char *text;
	char one[2];
	int width = 0;

	for (; *s == '-' || *s == '0'; s++) {
		left |= *s == '-';
		zeros |= *s == '0';
	}
	for (; *s >= '0' && *s <= '9' && width < WIDTH_MAX; s++)
		width = width * 10 + *s - '0';
	if (*s != '\0' && strchr("diuxo", *s) != NULL) {
		put_number(*s, number(argument()), width, zeros, left);
	} else if (*s == 's') {
		cmd_out_column(argument(), left ? -width : width);
	} else if (*s == 'c') {
		one[0] = argument()[0];
		one[1] = '\0';
		cmd_out_column(one, left ? -width : width);
	} else if (*s == 'b') {
		for (text = argument(); *text != '\0';) {
			if (*text == '\\')
				text = escape(text + 1);
			else
				cmd_outc(*text++);
		}
	} else if (*s == '%') {
		cmd_outc('%');
	} else {
		cmd_warnx(*s != '\0' ? s : "%", "not a directive");
		return s + strlen(s);
	}
	return s + 1;
}

static void
format(const char *s)
{
	while (*s != '\0') {
		if (*s == '\\')
			s = escape(s + 1);
		else if (*s == '%')
			s = directive(s + 1);
		else
			cmd_outc(*s++);
	}
}

int
main(int argc, char *argv[])
{
	cmd_init(argv,
	    "printf FORMAT [ARGUMENT...]\n"
	    "Write arguments by a format, as often as there are some "
	    "left: %s %c %b %d %i %u %x %o %%, \\n, \\t, \\101...\n");
	cmd_skip_dashes(&argc, &argv);
	if (argc < 2)
		cmd_usage();
	next = argv + 2;
	do {
		took = false;
		format(argv[1]);
	} while (*next != NULL && took);
	return cmd_status;
}
