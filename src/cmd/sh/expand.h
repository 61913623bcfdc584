/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From words to what they stand for. Results are in sh.now; after a
 * complaint they are of some use to nobody, and sh.leave is set.
 */
#pragma once

#include "cmd/sh/sh.h"
#include "cmd/sh/tree.h"

/** What became of characters' origin, which decides what may be done with
 * them. */
enum mark_kind {
	MARK_TEXT,   /* as written: a pattern, never split */
	MARK_QUOTED, /* neither */
	MARK_SPLIT,  /* from an expansion: a pattern, may be split */
	MARK_HERE,   /* no character: there is a field here, if empty */
	MARK_BREAK,  /* no character: a new field begins */
};

/** Characters and, beside each, its mark. */
struct expansion {
	struct text chars, marks;
};

/** Fields, growing. */
struct fields {
	char **v;
	int n, size;
};

/** Expand words to fields. @param[in] words words
 * @param[out] count how many fields @return them, then NULL */
char **expand_words(const struct word *words, int *count);

/** Expand without splitting or looking for files. @param[in] parts what
 * @return the string */
char *expand_string(const struct part *parts);

/** The same, with a backslash before what was quoted. @param[in] parts what
 * @return the pattern */
char *expand_pattern(const struct part *parts);

/** Expand one parameter. @param[in,out] x where to @param[in] part what */
void expand_param(struct expansion *x, const struct part *part);

/** Expand parts. @param[in,out] x where to @param[in] parts what
 * @param[in] plain mark for text that is not quoted */
void expand_parts(struct expansion *x, const struct part *parts,
    enum mark_kind plain);

/** Append. @param[in,out] x where to @param[in] s what
 * @param[in] mark for all of it */
void expansion_puts(struct expansion *x, const char *s, enum mark_kind mark);

/** Append no character but a mark. @param[in,out] x where to
 * @param[in] mark MARK_HERE or MARK_BREAK */
void expansion_mark(struct expansion *x, enum mark_kind mark);

/** Cut into fields. @param[in,out] to where to add @param[in] x what */
void split(struct fields *to, const struct expansion *x);

/** Add a field. @param[in,out] f where to @param[in] s it */
void fields_add(struct fields *f, char *s);

/** Add the files that match. @param[in,out] f where to
 * @param[in] pattern with backslashes @return whether there are any */
bool glob_files(struct fields *f, const char *pattern);

/** Whether a pattern matches all of a string. @param[in] pattern with
 * backslashes @param[in] s string @return whether */
bool match(const char *pattern, const char *s);

/** Compute. @param[in] text expression @return its value; 0 after a
 * complaint */
long arith(const char *text);

/** A parameter's value. @param[in] name name @return it in sh.now, or where
 * it is stored; NULL if unset */
const char *param_value(const char *name);
