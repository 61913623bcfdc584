/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Characters are decoded one by one; what does not decode is a byte.
 */
#include "grader/base/quote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"

/* Characters that cannot be seen, or change how others are: separators of
 * lines, marks of direction, joiners, tags, what is no character. */
static const struct {
	uint32_t first, last;
} hidden[] = { { 0x00, 0x08 }, { 0x0A, 0x1F }, { 0x7F, 0x9F }, { 0xAD, 0xAD },
	{ 0x061C, 0x061C }, { 0x180E, 0x180E }, { 0x200B, 0x200F },
	{ 0x2028, 0x202E }, { 0x2060, 0x206F }, { 0xD800, 0xDFFF },
	{ 0xFEFF, 0xFEFF }, { 0xFFF0, 0xFFFB }, { 0xFFFE, 0xFFFF },
	{ 0xE0000, 0xE0FFF } };

static bool
is_hidden(uint32_t c)
{
	size_t i;

	for (i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
		if (c >= hidden[i].first && c <= hidden[i].last)
			return true;
	return false;
}

/* Decode a character; its length, or 0: the bytes are none. A NUL is never
 * taken for a part of one. */
static size_t
decode(const unsigned char *p, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0x80 ? 1
	    : p[0] < 0xC0      ? 0
	    : p[0] < 0xE0      ? 2
	    : p[0] < 0xF0      ? 3
	    : p[0] < 0xF8      ? 4
			       : 0;
	size_t i;

	if (n == 1)
		*c = p[0];
	else
		*c = p[0] & (0x7Fu >> n);
	for (i = 1; i < n; i++) {
		if (p[i] < 0x80 || p[i] > 0xBF)
			return 0;
		*c = (*c << 6) | (p[i] & 0x3Fu);
	}
	return n != 0 && *c >= least[n] && *c <= 0x10FFFF ? n : 0;
}

/* Write the character at p, and return what is behind it. */
static const unsigned char *
put(FILE *f, const unsigned char *p)
{
	uint32_t c;
	size_t n = decode(p, &c);

	if (n == 0 || (n == 1 && is_hidden(c) && c != '\n'))
		fprintf(f, "\\x%02x", *p);
	else if (c == '\n')
		fputs("\\n", f);
	else if (is_hidden(c))
		fprintf(f, "\\u%04x", (unsigned int)c);
	else
		fwrite(p, 1, n, f);
	return p + (n != 0 ? n : 1);
}

/* Quote a piece up to its end, or to a line's end if those are kept. */
static char *
quote_pieces(const char *s, const char *indent)
{
	const unsigned char *p = (const unsigned char *)s;
	char *out = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&out, &n);

	if (f == NULL)
		die(EXIT_INFRA, "out of memory");
	while (*p != '\0') {
		if (indent != NULL)
			fputs(indent, f);
		while (*p != '\0' && (indent == NULL || *p != '\n'))
			p = put(f, p);
		if (indent != NULL)
			fputc('\n', f);
		if (*p == '\n')
			p++;
	}
	if (fclose(f) != 0)
		die(EXIT_INFRA, "out of memory");
	return out;
}

char *
quote(const char *s)
{
	return quote_pieces(s, NULL);
}

char *
quote_lines(const char *s, const char *indent)
{
	return quote_pieces(s, indent);
}
