/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Cutting expansions into fields at the characters of IFS. Blanks at the
 * ends and in a row count as one; each other separator ends a field.
 */
#include <string.h>

#include "cmd/sh/expand.h"
#include "cmd/sh/var.h"

/** A field while it grows. */
struct field {
	struct fields *to;
	struct text chars, pattern;
	bool have;   /**< there is one, if empty */
	bool magic;  /**< it holds * ? or [ that is not quoted */
	bool spaced; /**< blanks ended the one before */
};

static void
field_begin(struct field *f)
{
	text_init(&f->chars, &sh.now);
	text_init(&f->pattern, &sh.now);
	f->have = f->magic = false;
}

static void
field_end(struct field *f)
{
	char *s = text_end(&f->chars);

	if (!f->magic || sh.opt[OPT_F] ||
	    !glob_files(f->to, text_end(&f->pattern)))
		fields_add(f->to, s);
	field_begin(f);
}

static void
field_add(struct field *f, char c, bool quoted)
{
	f->have = true;
	f->spaced = false;
	text_add(&f->chars, c);
	if (quoted || c == '\\')
		text_add(&f->pattern, '\\');
	else if (c == '*' || c == '?' || c == '[')
		f->magic = true;
	text_add(&f->pattern, c);
}

/* A separator. */
static void
field_cut(struct field *f, char c)
{
	bool blank = c == ' ' || c == '\t' || c == '\n';
	bool ended = f->have;

	if (f->have || (!blank && !f->spaced))
		field_end(f);
	/* Blanks and one other separator are one cut. */
	f->spaced = blank && (ended || f->spaced);
}

void
split(struct fields *to, const struct expansion *x)
{
	struct field f = { .to = to };
	const char *ifs = var_get("IFS");
	size_t i;
	char c;

	if (ifs == NULL)
		ifs = " \t\n";
	field_begin(&f);
	for (i = 0; i < x->chars.n; i++) {
		c = x->chars.s[i];
		if (x->marks.s[i] == MARK_HERE) {
			f.have = true;
		} else if (x->marks.s[i] == MARK_BREAK) {
			if (f.have)
				field_end(&f);
		} else if (x->marks.s[i] == MARK_SPLIT && c != '\0' &&
		    strchr(ifs, c) != NULL) {
			field_cut(&f, c);
		} else {
			field_add(&f, c, x->marks.s[i] == MARK_QUOTED);
		}
	}
	if (f.have)
		field_end(&f);
}
