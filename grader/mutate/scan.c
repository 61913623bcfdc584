/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Looking at C's text byte by byte; it has been parsed, so it is well formed.
 */
#include "grader/mutate/scan.h"

#include <ctype.h>
#include <string.h>

/* Behind a comment, if there is one. */
static size_t
skip_comment(const char *s, size_t at)
{
	const char *end;

	if (s[at] != '/' || (s[at + 1] != '*' && s[at + 1] != '/'))
		return at;
	end =
	    s[at + 1] == '*' ? strstr(s + at + 2, "*/") : strchr(s + at, '\n');
	if (end == NULL)
		return strlen(s);
	return (size_t)(end - s) + (s[at + 1] == '*' ? 2 : 1);
}

size_t
scan_blank(const char *s, size_t at)
{
	size_t next = at;

	do {
		at = next;
		while (isspace((unsigned char)s[at]) ||
		    (s[at] == '\\' && s[at + 1] == '\n'))
			at++;
		next = skip_comment(s, at);
	} while (next != at);
	return at;
}

/* Behind a literal in quotes, if there is one. */
static size_t
skip_literal(const char *s, size_t at)
{
	char quote = s[at];

	if (quote != '"' && quote != '\'')
		return at;
	for (at++; s[at] != '\0' && s[at] != quote; at++)
		if (s[at] == '\\' && s[at + 1] != '\0')
			at++;
	return s[at] == '\0' ? at : at + 1;
}

size_t
scan_find(const char *s, struct span span, char c)
{
	size_t at = span.from, next;
	int depth = 0;

	while (at < span.to) {
		next = skip_literal(s, skip_comment(s, at));
		if (next != at) {
			at = next;
			continue;
		}
		if (s[at] == c && depth == 0)
			return at;
		depth += strchr("([{", s[at]) != NULL;
		depth -= strchr(")]}", s[at]) != NULL;
		at++;
	}
	return span.to;
}

bool
scan_word(const char *s, struct span span, struct span *word)
{
	size_t at = scan_blank(s, span.from), end = at;

	while (end < span.to && !isspace((unsigned char)s[end]) &&
	    skip_comment(s, end) == end)
		end++;
	if (at >= span.to || scan_blank(s, end) < span.to)
		return false;
	*word = (struct span){ at, end };
	return true;
}

static bool
in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

char *
scan_normal(const char *s, struct span span)
{
	char *to = need(span.to - span.from + 1);
	size_t at = scan_blank(s, span.from), next, n = 0;

	while (at < span.to) {
		next = skip_literal(s, at);
		if (next == at)
			next++;
		while (at < next)
			to[n++] = s[at++];
		at = scan_blank(s, next);
		if (at != next && at < span.to && in_name(to[n - 1]) &&
		    in_name(s[at]))
			to[n++] = ' ';
	}
	return to;
}

unsigned int
scan_line(const char *s, size_t at)
{
	unsigned int line = 1;
	size_t i;

	for (i = 0; i < at && s[i] != '\0'; i++)
		line += s[i] == '\n';
	return line;
}
