/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Numbers from text.
 */
#include <lacuna/string.h>

/* Value of a digit in any base; a big number when c is none. */
static unsigned
digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'z')
		return (unsigned)(c - 'a' + 10);
	if (c >= 'A' && c <= 'Z')
		return (unsigned)(c - 'A' + 10);
	return (unsigned)-1;
}

/* Find the base and step over its prefix. */
static const char *
prefix_skip(const char *s, int *base)
{
	bool hex =
	    s[0] == '0' && (s[1] == 'x' || s[1] == 'X') && digit(s[2]) < 16;

	if (hex && (*base == 0 || *base == 16)) {
		*base = 16;
		return s + 2;
	}
	if (*base == 0)
		*base = s[0] == '0' ? 8 : 10;
	return s;
}

unsigned long
strtoul(const char *s, char **end, int base)
{
	const char *start = s;
	unsigned long value = 0;
	bool negative, any = false, over = false;
	unsigned d;

	while (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		s++;
	negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	s = prefix_skip(s, &base);
	for (; (d = digit(*s)) < (unsigned)base; s++) {
		any = true;
		over |= value > ((unsigned long)-1 - d) / (unsigned)base;
		value = value * (unsigned)base + d;
	}
	if (end != NULL)
		*end = (char *)(size_t)(any ? s : start);
	if (over)
		return (unsigned long)-1;
	return negative ? -value : value;
}
