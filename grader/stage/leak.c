/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Token shingles. A token is a word, a number or a single other character;
 * comments and blanks are skipped. A shingle's hash mixes those of its
 * tokens in order (FNV-1a).
 */
#include "grader/stage/leak.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define FNV_BASIS 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

/* What to do with each shingle. */
struct visitor {
	struct shingles *add;
	const struct shingles *find;
	size_t hits;
};

static uint64_t
mix(uint64_t h, const void *data, size_t n)
{
	const unsigned char *p = data;

	for (; n > 0; n--)
		h = (h ^ *p++) * FNV_PRIME;
	return h;
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Skip blanks and comments. */
static const char *
skip(const char *p, const char *end)
{
	for (;;) {
		while (p < end && isspace((unsigned char)*p))
			p++;
		if (end - p >= 2 && p[0] == '/' && p[1] == '/') {
			while (p < end && *p != '\n')
				p++;
		} else if (end - p >= 2 && p[0] == '/' && p[1] == '*') {
			for (p += 2;
			     end - p >= 2 && (p[0] != '*' || p[1] != '/'); p++)
				continue;
			p = end - p >= 2 ? p + 2 : end;
		} else {
			return p;
		}
	}
}

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void
visit(struct visitor *v, uint64_t h)
{
	struct shingles *s = v->add;

	if (v->find != NULL && v->find->n > 0 &&
	    bsearch(&h, v->find->at, v->find->n, sizeof h, by_value) != NULL)
		v->hits++;
	if (s == NULL)
		return;
	if (s->n == s->room) {
		s->room = s->room != 0 ? 2 * s->room : 1024;
		s->at = realloc(s->at, s->room * sizeof *s->at);
		if (s->at == NULL)
			die(EXIT_INFRA, "out of memory");
	}
	s->at[s->n++] = h;
}

static void
walk(struct visitor *v, const char *data, size_t n)
{
	const char *p = data, *end = data + n, *start;
	uint64_t tokens[LEAK_TOKENS];
	size_t count = 0;

	while ((p = skip(p, end)) < end) {
		start = p++;
		while (p < end && is_word(*start) && is_word(*p))
			p++;
		tokens[count++ % LEAK_TOKENS] =
		    mix(FNV_BASIS, start, (size_t)(p - start));
		if (count >= LEAK_TOKENS) {
			uint64_t h = FNV_BASIS;
			size_t i;

			for (i = count; i < count + LEAK_TOKENS; i++)
				h = mix(h, &tokens[i % LEAK_TOKENS], 8);
			visit(v, h);
		}
	}
}

void
shingles_add(struct shingles *set, const char *data, size_t n)
{
	struct visitor v = { .add = set };

	walk(&v, data, n);
}

void
shingles_sort(struct shingles *set)
{
	size_t i, n = 0;

	if (set->n == 0)
		return;
	qsort(set->at, set->n, sizeof *set->at, by_value);
	for (i = 0; i < set->n; i++)
		if (n == 0 || set->at[i] != set->at[n - 1])
			set->at[n++] = set->at[i];
	set->n = n;
}

void
shingles_subtract(struct shingles *set, const struct shingles *less)
{
	size_t i, n = 0;

	for (i = 0; i < set->n; i++)
		if (less->n == 0 ||
		    bsearch(&set->at[i], less->at, less->n, sizeof set->at[i],
			by_value) == NULL)
			set->at[n++] = set->at[i];
	set->n = n;
}

size_t
shingles_hits(const struct shingles *set, const char *data, size_t n)
{
	struct visitor v = { .find = set };

	walk(&v, data, n);
	return v.hits;
}

void
shingles_free(struct shingles *set)
{
	free(set->at);
	memset(set, 0, sizeof *set);
}
