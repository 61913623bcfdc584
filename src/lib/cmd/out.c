/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Output that is collected before it is written.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static char buffer[4096];
static size_t used;

void
cmd_flush(void)
{
	size_t n = used;

	used = 0; /* cmd_fail() comes here again */
	if (n > 0 && cmd_write(STDOUT_FILENO, buffer, n) != 0) {
		cmd_warn("standard output");
		_exit(1);
	}
}

void
cmd_out(const char *s, size_t n)
{
	static bool registered;
	size_t part;

	if (!registered && atexit(cmd_flush) == 0)
		registered = true;
	while (n > 0) {
		part = sizeof buffer - used;
		if (part > n)
			part = n;
		memcpy(buffer + used, s, part);
		used += part;
		s += part;
		n -= part;
		if (used == sizeof buffer || !registered)
			cmd_flush();
	}
}

void
cmd_outs(const char *s)
{
	cmd_out(s, strlen(s));
}

void
cmd_outc(char c)
{
	cmd_out(&c, 1);
}

void
cmd_out_column(const char *s, int width)
{
	int n = (int)strlen(s), fill = (width < 0 ? -width : width) - n;

	if (width < 0)
		cmd_outs(s);
	for (; fill > 0; fill--)
		cmd_outc(' ');
	if (width >= 0)
		cmd_outs(s);
}

/* The digits of a number, at the end of a text of 65 bytes. */
static char *
digits(char text[65], uint64_t n, unsigned base)
{
	char *p = text + 64;

	*p = '\0';
	do {
		*--p = "0123456789abcdef"[n % base];
		n /= base;
	} while (n > 0);
	return p;
}

void
cmd_out_number(int64_t n, int width)
{
	char text[66], *p;

	p = digits(text + 1, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, 10);
	if (n < 0)
		*--p = '-';
	cmd_out_column(p, width);
}

void
cmd_out_digits(uint64_t n, unsigned base, int width)
{
	char text[65], *p = digits(text, n, base);
	int fill = width - (int)strlen(p);

	for (; fill > 0; fill--)
		cmd_outc('0');
	cmd_outs(p);
}

void
cmd_out_time(int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL) {
		cmd_out_number(seconds, 19);
		return;
	}
	cmd_out_digits((unsigned)tm.tm_year + 1900, 10, 4);
	cmd_outc('-');
	cmd_out_digits((unsigned)tm.tm_mon + 1, 10, 2);
	cmd_outc('-');
	cmd_out_digits((unsigned)tm.tm_mday, 10, 2);
	cmd_outc(' ');
	cmd_out_digits((unsigned)tm.tm_hour, 10, 2);
	cmd_outc(':');
	cmd_out_digits((unsigned)tm.tm_min, 10, 2);
	cmd_outc(':');
	cmd_out_digits((unsigned)tm.tm_sec, 10, 2);
}
