/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From words to strings: walks over the parts.
 */
#include "cmd/sh/expand.h"

#include <string.h>

#include "cmd/sh/exec.h"
#include "cmd/sh/var.h"

static void
expansion_init(struct expansion *x)
{
	text_init(&x->chars, &sh.now);
	text_init(&x->marks, &sh.now);
}

void
expansion_mark(struct expansion *x, enum mark_kind mark)
{
	text_add(&x->chars, '\0');
	text_add(&x->marks, (char)mark);
}

void
expansion_puts(struct expansion *x, const char *s, enum mark_kind mark)
{
	for (; *s != '\0'; s++) {
		text_add(&x->chars, *s);
		text_add(&x->marks, (char)mark);
	}
}

/* ~ and ~/... at the beginning of a word. */
static const char *
expand_tilde(struct expansion *x, const char *text)
{
	const char *home = var_get("HOME");

	if (text[0] != '~' || (text[1] != '/' && text[1] != '\0') ||
	    home == NULL)
		return text;
	expansion_puts(x, home, MARK_QUOTED);
	return text + 1;
}

static void
expand_part(struct expansion *x, const struct part *part, enum mark_kind plain)
{
	enum mark_kind mark = part->quoted ? MARK_QUOTED : MARK_SPLIT;
	struct text digits;

	switch (part->kind) {
	case PART_TEXT:
		if (part->quoted)
			expansion_mark(x, MARK_HERE);
		expansion_puts(x, part->text,
		    part->quoted ? MARK_QUOTED : plain);
		break;
	case PART_PARAM:
		expand_param(x, part);
		break;
	case PART_COMMAND:
		if (part->quoted)
			expansion_mark(x, MARK_HERE);
		expansion_puts(x, exec_substitute(part->node), mark);
		break;
	case PART_ARITH:
		text_init(&digits, &sh.now);
		text_number(&digits, arith(expand_string(part->word)));
		expansion_puts(x, text_end(&digits), mark);
		break;
	}
}

void
expand_parts(struct expansion *x, const struct part *parts,
    enum mark_kind plain)
{
	struct part first;

	if (parts != NULL && parts->kind == PART_TEXT && !parts->quoted &&
	    parts->text[0] == '~') {
		first = *parts;
		/* The copy is only read. */
		first.text = region_copy(&sh.now, expand_tilde(x, parts->text));
		expand_part(x, &first, plain);
		parts = parts->next;
	}
	for (; parts != NULL && sh.leave == LEAVE_NOT; parts = parts->next)
		expand_part(x, parts, plain);
}

char *
expand_string(const struct part *parts)
{
	struct expansion x;
	struct text t;
	size_t i;

	if (parts == NULL)
		return region_copy(&sh.now, "");
	expansion_init(&x);
	expand_parts(&x, parts, MARK_TEXT);
	text_init(&t, &sh.now);
	for (i = 0; i < x.chars.n; i++) {
		if (x.marks.s[i] == MARK_BREAK)
			text_add(&t, ' ');
		else if (x.marks.s[i] != MARK_HERE)
			text_add(&t, x.chars.s[i]);
	}
	return text_end(&t);
}

char *
expand_pattern(const struct part *parts)
{
	struct expansion x;
	struct text t;
	size_t i;

	expansion_init(&x);
	expand_parts(&x, parts, MARK_TEXT);
	text_init(&t, &sh.now);
	for (i = 0; i < x.chars.n; i++) {
		if (x.marks.s[i] == MARK_BREAK)
			text_add(&t, ' ');
		if (x.marks.s[i] >= MARK_HERE)
			continue;
		if (x.marks.s[i] == MARK_QUOTED)
			text_add(&t, '\\');
		text_add(&t, x.chars.s[i]);
	}
	return text_end(&t);
}

void
fields_add(struct fields *f, char *s)
{
	char **v;

	if (f->n + 1 >= f->size) {
		f->size = f->size > 0 ? 2 * f->size : 8;
		v = region_take(&sh.now, (size_t)f->size * sizeof *v);
		if (f->n > 0)
			memcpy(v, f->v, (size_t)f->n * sizeof *v);
		f->v = v;
	}
	f->v[f->n++] = s;
	f->v[f->n] = NULL;
}

char **
expand_words(const struct word *words, int *count)
{
	struct fields f = { .n = 0 };
	struct expansion x;

	for (; words != NULL && sh.leave == LEAVE_NOT; words = words->next) {
		expansion_init(&x);
		expand_parts(&x, words->parts, MARK_TEXT);
		split(&f, &x);
	}
	*count = f.n;
	if (f.n == 0)
		f.v = region_take(&sh.now, sizeof *f.v);
	return f.v;
}
