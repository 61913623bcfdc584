/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Sources of commands, character by character.
 */
#include <string.h>

#include "cmd/sh/parse.h"

void
source_string(struct source *s, const char *text)
{
	memset(s, 0, sizeof *s);
	s->next = text;
	s->end = text + strlen(text);
	s->fd = -1;
	s->line = 1;
}

int
source_peek(struct source *s)
{
	if (s->next == s->end) {
		if (s->fd < 0 || s->ended)
			return -1;
		if (!source_fill(s)) {
			s->ended = true;
			return -1;
		}
	}
	return (unsigned char)*s->next;
}

int
source_get(struct source *s)
{
	int c = source_peek(s);

	if (c < 0)
		return c;
	s->next++;
	if (c == '\n')
		s->line++;
	return c;
}
