/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A tree as text, well enough to recognise a job by.
 */
#include "cmd/sh/job.h"

static void
describe_word(struct text *t, const struct part *part)
{
	for (; part != NULL; part = part->next) {
		if (part->kind == PART_TEXT) {
			text_puts(t, part->text);
		} else if (part->kind == PART_PARAM) {
			text_add(t, '$');
			text_puts(t, part->text);
		} else {
			text_puts(t, "$(...)");
		}
	}
}

static void
describe_simple(struct text *t, const struct node *n)
{
	const struct word *w;

	for (w = n->words; w != NULL; w = w->next) {
		describe_word(t, w->parts);
		if (w->next != NULL)
			text_add(t, ' ');
	}
}

void
describe(struct text *t, const struct node *n)
{
	static const char *const others[] = { "", "", "", "", "if ...",
		"while ...", "until ...", "for ...", "case ...", "{ ... }",
		"( ... )", "function" };
	const char *join = n->kind == NODE_LIST ? "; " : " | ";

	if (n->kind == NODE_SIMPLE) {
		describe_simple(t, n);
		return;
	}
	text_puts(t, others[n->kind]);
	if (n->kind != NODE_PIPE && n->kind != NODE_AND_OR &&
	    n->kind != NODE_LIST)
		return;
	for (n = n->first; n != NULL; n = n->next) {
		describe(t, n); /* as deep as the parser went */
		if (n->next != NULL)
			text_puts(t,
			    n->next->join == '&'       ? " && "
				: n->next->join == '|' ? " || "
						       : join);
	}
}
