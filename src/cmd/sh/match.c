/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Patterns: * ? [a-z] [!a-z], with a backslash before what is meant as it
 * stands. A star remembers only its last place, so that no pattern takes
 * more than the product of the lengths.
 */
#include <string.h>

#include "cmd/sh/expand.h"

/* One member of a bracket expression, perhaps quoted. */
static unsigned char
member(const char **p)
{
	if (**p == '\\' && (*p)[1] != '\0')
		++*p;
	return (unsigned char)*(*p)++;
}

/* Match a character with a bracket expression after its [. Gives what
 * follows it, or NULL when it has no end and means itself. */
static const char *
bracket(const char *p, unsigned char c, bool *matches)
{
	bool negated = *p == '!' || *p == '^', found = false;
	const char *begin;
	unsigned char low, high;

	p += negated;
	begin = p;
	while (*p != '\0' && (*p != ']' || p == begin)) {
		low = high = member(&p);
		if (*p == '-' && p[1] != ']' && p[1] != '\0') {
			p++;
			high = member(&p);
		}
		found |= low <= c && c <= high;
	}
	*matches = found != negated;
	return *p == ']' ? p + 1 : NULL;
}

/* Match one character that is there. Gives the rest of the pattern, or NULL
 * if it does not match. */
static const char *
one(const char *p, unsigned char c)
{
	const char *after;
	bool matches;

	if (*p == '?')
		return p + 1;
	if (*p == '[') {
		after = bracket(p + 1, c, &matches);
		if (after != NULL)
			return matches ? after : NULL;
	}
	if (*p == '\\' && p[1] != '\0')
		p++;
	return (unsigned char)*p == c && c != '\0' ? p + 1 : NULL;
}

bool
match(const char *pattern, const char *s)
{
	const char *star = NULL, *from = NULL, *after;

	for (;;) {
		if (*pattern == '*') {
			star = ++pattern;
			from = s;
			continue;
		}
		if (*s == '\0')
			return *pattern == '\0';
		after =
		    *pattern != '\0' ? one(pattern, (unsigned char)*s) : NULL;
		if (after != NULL) {
			pattern = after;
			s++;
		} else if (star != NULL) {
			pattern = star;
			s = ++from;
		} else {
			return false;
		}
	}
}
