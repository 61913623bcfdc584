/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Formatting into a buffer.
 */
#include <lacuna/printf.h>

#include <lacuna/string.h>

#include "lib/sys/format.h"

struct buffer {
	struct text_sink sink; /* first: the sink is this buffer */
	char *next;
	size_t room; /* without the NUL */
};

static void
buffer_write(struct text_sink *sink, const char *text, size_t n)
{
	struct buffer *b = (struct buffer *)sink;

	if (n > b->room)
		n = b->room;
	memcpy(b->next, text, n);
	b->next += n;
	b->room -= n;
}

int
vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct buffer b = { { buffer_write }, buf, size > 0 ? size - 1 : 0 };
	int n;

	n = text_format(&b.sink, fmt, ap);
	if (size > 0)
		*b.next = '\0';
	return n;
}

int
snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return n;
}
