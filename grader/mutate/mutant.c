/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Lists of mutants, their keys and how they are shown.
 */
#include "grader/mutate/mutant.h"

#include <stdlib.h>
#include <string.h>

#define CONTEXT  3  /* lines around a change */
#define LINE_MAX 70 /* of each side, in one line */

static bool
is_same(const struct mutant *a, const struct mutant *b)
{
	return a->source == b->source && a->at.from == b->at.from &&
	    a->at.to == b->at.to && strcmp(a->with, b->with) == 0;
}

/* What tells a mutant from others of its function and rule. */
static void
digest(const struct mutant *m, struct span place, char hex[65])
{
	struct span all = { 0, strlen(m->with) };
	char *around = scan_normal(m->source->text, place);
	char *old = scan_normal(m->source->text, m->at);
	char *new = scan_normal(m->with, all);
	char *what = text("%s\n%s\n%s", around, old, new);

	sha256_hex(what, strlen(what), hex);
	hex[KEY_DIGITS] = '\0';
	free(around);
	free(old);
	free(new);
	free(what);
}

/* Equals bear a number behind their key, from the second on. */
static char *
make_key(const struct mutants *all, const struct mutant *m, const char *hex)
{
	char *base = text("%s.%s.%s", m->function->name, m->rule, hex), *key;
	unsigned int n = 1;

	key = text("%s", base);
	while (mutants_find(all, key) != NULL) {
		free(key);
		key = text("%s.%u", base, ++n);
	}
	free(base);
	return key;
}

/* Room for one more: the list doubles when it is full. */
static struct mutant *
room(struct mutants *all)
{
	struct mutant *m;

	if ((all->n & (all->n - 1)) == 0) {
		m = need((all->n * 2 + 1) * sizeof *m);
		if (all->n > 0)
			memcpy(m, all->at, all->n * sizeof *m);
		free(all->at);
		all->at = m;
	}
	return &all->at[all->n];
}

void
mutants_add(struct mutants *all, const struct mutant *draft, struct span place)
{
	char hex[65];
	struct mutant *m;
	size_t i;

	for (i = 0; i < all->n; i++)
		if (is_same(&all->at[i], draft)) {
			free(draft->with);
			return;
		}
	digest(draft, place, hex);
	m = room(all);
	*m = *draft;
	m->key = make_key(all, draft, hex);
	m->line = scan_line(m->source->text, m->at.from);
	m->number = (unsigned int)++all->n;
}

struct mutant *
mutants_find(const struct mutants *all, const char *key)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (strcmp(all->at[i].key, key) == 0)
			return &all->at[i];
	return NULL;
}

/* A text in one line, not too long. */
static char *
shorten(const char *s, struct span span)
{
	char *all = scan_normal(s, span), *cut;

	if (strlen(all) <= LINE_MAX)
		return all;
	cut = text("%.*s...", LINE_MAX - 3, all);
	free(all);
	return cut;
}

char *
mutant_line(const struct mutant *m)
{
	struct span all = { 0, strlen(m->with) };
	char *old = shorten(m->source->text, m->at);
	char *new = shorten(m->with, all);
	char *line = text("%s => %s", old, *new != '\0' ? new : "(nothing)");

	free(old);
	free(new);
	return line;
}

/* Where the lines begin that are n before a place. */
static size_t
lines_before(const char *s, size_t at, int n)
{
	while (at > 0 && (s[at - 1] != '\n' || n-- > 0))
		at--;
	return at;
}

static size_t
lines_behind(const char *s, size_t at, int n)
{
	while (s[at] != '\0' && (s[at] != '\n' || n-- > 0))
		at++;
	return s[at] == '\n' ? at + 1 : at;
}

/* Lines with a sign in front of each. */
static char *
marked(char *head, char sign, const char *lines, size_t n)
{
	const char *end = lines + n, *eol;
	char *more;

	for (; lines < end; lines = eol + 1) {
		eol = memchr(lines, '\n', (size_t)(end - lines));
		if (eol == NULL)
			eol = end;
		more =
		    text("%s%c%.*s\n", head, sign, (int)(eol - lines), lines);
		free(head);
		head = more;
	}
	return head;
}

char *
mutant_diff(const struct mutant *m)
{
	const char *s = m->source->text;
	size_t from = lines_before(s, m->at.from, 0);
	size_t to = lines_behind(s, m->at.to - 1, 0);
	size_t before = lines_before(s, from, CONTEXT);
	size_t behind = lines_behind(s, to - 1, CONTEXT);
	struct span span = { from, to };
	char *new = mutant_text(m, span);
	char *d = text("--- a/%s\n+++ b/%s\n@@ line %u, %s, %s @@\n",
	    m->source->path, m->source->path, m->line, m->rule, m->key);

	d = marked(d, ' ', s + before, from - before);
	d = marked(d, '-', s + from, to - from);
	d = marked(d, '+', new, strlen(new));
	d = marked(d, ' ', s + to, behind - to);
	free(new);
	return d;
}

char *
mutant_text(const struct mutant *m, struct span span)
{
	const char *s = m->source->text;

	return text("%.*s%s%.*s", (int)(m->at.from - span.from), s + span.from,
	    m->with, (int)(span.to - m->at.to), s + m->at.to);
}

void
mutants_free(struct mutants *all)
{
	size_t i;

	for (i = 0; i < all->n; i++) {
		free(all->at[i].with);
		free(all->at[i].key);
	}
	free(all->at);
	memset(all, 0, sizeof *all);
}
