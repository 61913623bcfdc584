/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See text.h. */
#include "cmd/trace/text.h"

#include <stdlib.h>
#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

void
text_clear(struct text *t)
{
	t->n = 0;
}

void
text_free(struct text *t)
{
	free(t->s);
	*t = (struct text){ 0 };
}

void
text_char(struct text *t, char c)
{
	if (t->n == t->size) {
		t->size = t->size > 0 ? 2 * t->size : 128;
		t->s = cmd_memory(t->s, t->size);
	}
	t->s[t->n++] = c;
}

void
text_add(struct text *t, const char *s)
{
	while (*s != '\0')
		text_char(t, *s++);
}

void
text_digits(struct text *t, uint64_t n, unsigned base)
{
	char digits[24], *p = digits + sizeof digits;
	uint64_t left = n;

	*--p = '\0';
	do {
		*--p = "0123456789abcdef"[left % base];
		left /= base;
	} while (left > 0);
	if (base == 16)
		text_add(t, "0x");
	if (base == 8 && n > 0)
		text_char(t, '0');
	text_add(t, p);
}

void
text_number(struct text *t, int64_t n)
{
	if (n < 0)
		text_char(t, '-');
	text_digits(t, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, 10);
}

/* A byte that is not printed as it is; the next one may be a digit. */
static void
escape(struct text *t, unsigned char c, bool digit_next)
{
	static const char from[] = "\n\t\r\b\f\033\"\\", to[] = "ntrbfe\"\\";
	const char *at = c != '\0' ? strchr(from, c) : NULL;

	text_char(t, '\\');
	if (at != NULL) {
		text_char(t, to[at - from]);
		return;
	}
	if (c >= 0100 || digit_next)
		text_char(t, (char)('0' + (c >> 6)));
	if (c >= 010 || digit_next)
		text_char(t, (char)('0' + (c >> 3 & 7)));
	text_char(t, (char)('0' + (c & 7)));
}

void
text_quote(struct text *t, const char *bytes, size_t n)
{
	text_char(t, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c >= ' ' && c <= '~' && c != '"' && c != '\\')
			text_char(t, (char)c);
		else
			escape(t, c,
			    i + 1 < n && bytes[i + 1] >= '0' &&
				bytes[i + 1] <= '9');
	}
	text_char(t, '"');
}
