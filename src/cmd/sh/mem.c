/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory in regions.
 */
#include "cmd/sh/mem.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_MIN 2000u /* bytes; a short command needs one of these */

void *
heap_take(size_t size)
{
	static const char no_memory[] = "sh: out of memory\n";
	void *p = malloc(size);

	if (p == NULL) {
		(void)!write(STDERR_FILENO, no_memory, sizeof no_memory - 1);
		_exit(2);
	}
	return p;
}

char *
heap_copy(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(heap_take(n), s, n);
}

void *
region_take(struct region *r, size_t size)
{
	struct chunk *c = r->top;
	void *p;

	size = (size + 7) & ~(size_t)7;
	if (c == NULL || c->size - c->used < size) {
		size_t room = size > CHUNK_MIN ? size : CHUNK_MIN;

		c = heap_take(sizeof *c + room);
		c->below = r->top;
		c->used = 0;
		c->size = room;
		r->top = c;
	}
	p = c->data + c->used;
	c->used += size;
	return memset(p, 0, size);
}

struct mark
region_mark(const struct region *r)
{
	struct mark m = { r->top, r->top != NULL ? r->top->used : 0 };

	return m;
}

void
region_release(struct region *r, struct mark m)
{
	struct chunk *c;

	while ((c = r->top) != m.top) {
		r->top = c->below;
		free(c);
	}
	if (c != NULL)
		c->used = m.used;
}

char *
region_copy(struct region *r, const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(region_take(r, n), s, n);
}

void
text_init(struct text *t, struct region *r)
{
	t->from = r;
	t->s = NULL;
	t->n = t->size = 0;
}

void
text_add(struct text *t, char c)
{
	if (t->n == t->size) {
		size_t size = t->size > 0 ? 2 * t->size : 32;
		char *s = region_take(t->from, size);

		if (t->n > 0)
			memcpy(s, t->s, t->n);
		t->s = s;
		t->size = size;
	}
	t->s[t->n++] = c;
}

void
text_puts(struct text *t, const char *s)
{
	while (*s != '\0')
		text_add(t, *s++);
}

void
text_number(struct text *t, long n)
{
	char digits[24];
	unsigned long u = n < 0 ? 0 - (unsigned long)n : (unsigned long)n;
	int i = 0;

	if (n < 0)
		text_add(t, '-');
	do {
		digits[i++] = (char)('0' + u % 10);
		u /= 10;
	} while (u > 0);
	while (i > 0)
		text_add(t, digits[--i]);
}

char *
text_end(struct text *t)
{
	text_add(t, '\0');
	t->n--;
	return t->s;
}
