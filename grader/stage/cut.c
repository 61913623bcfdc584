/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Bodies of functions, see grader/stage/cut.h. */
#include "grader/stage/cut.h"

#include <stdbool.h>
#include <string.h>

#include "grader/base/base.h"

/* The next line, or NULL. */
static const char *
next_line(const char *at)
{
	at = strchr(at, '\n');
	return at != NULL ? at + 1 : NULL;
}

/* Behind the head of a function that begins here: at the brace; or NULL: it is
 * a prototype, or something else. */
static const char *
opening(const char *at)
{
	for (; at != NULL && *at != '\0'; at = next_line(at)) {
		if (*at == '{')
			return at;
		if (at[strcspn(at, ";\n")] == ';')
			return NULL;
	}
	return NULL;
}

/* From brace to brace; false: there is no such function. */
static bool
find(const char *source, const char *name, const char **from, const char **to)
{
	size_t n = strlen(name);
	const char *at;

	for (at = source; at != NULL; at = next_line(at)) {
		if (strncmp(at, name, n) != 0 || at[n] != '(')
			continue;
		*from = opening(at);
		*to = *from != NULL ? strstr(*from, "\n}") : NULL;
		if (*to != NULL) {
			*to += 2;
			return true;
		}
	}
	return false;
}

char *
cut_body(const char *source, const char *name)
{
	const char *from, *to;

	if (!find(source, name, &from, &to))
		return NULL;
	return text("%.*s", (int)(to - from), from);
}

char *
cut_replace(const char *source, const char *name, const char *body)
{
	const char *from, *to;

	if (!find(source, name, &from, &to))
		return NULL;
	return text("%.*s%s%s", (int)(from - source), source, body, to);
}
