/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Printing to the kernel log, a line at a time.
 */
#include <lacuna/printf.h>

#include <lacuna/string.h>
#include <lacuna/sysinfo.h>

#include "lib/sys/format.h"

static char line[128]; /* what is printed so far of the current line */
static size_t used;

static void
flush(void)
{
	/* Nobody is left to be told when even this does not work. */
	(void)sys_diagctl_print(line, used);
	used = 0;
}

static void
line_write(struct text_sink *sink, const char *text, size_t n)
{
	(void)sink;
	for (; n > 0; n--, text++) {
		line[used++] = *text;
		if (*text == '\n' || used == sizeof line)
			flush();
	}
}

int
vprintf(const char *fmt, va_list ap)
{
	struct text_sink sink = { line_write };

	return text_format(&sink, fmt, ap);
}

int
printf(const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vprintf(fmt, ap);
	va_end(ap);
	return n;
}
