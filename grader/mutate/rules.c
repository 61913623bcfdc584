/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Every rule is shown every node.
 */
#include "grader/mutate/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct rule *
rule_nth(size_t i)
{
	const struct rule *r = expression_rules;

	for (; r->id != NULL; r++)
		if (i-- == 0)
			return r;
	for (r = statement_rules; r->id != NULL; r++)
		if (i-- == 0)
			return r;
	return NULL;
}

/* The whole statement or condition that a node is in: its place. */
static struct span
place_of(const struct node *n)
{
	while (n->role == ROLE_NONE || n->role == ROLE_ARGUMENT) {
		if (n->parent == NULL || n->parent->kind == NODE_RETURN ||
		    n->parent->kind == NODE_COMPOUND)
			break;
		n = n->parent;
	}
	return n->at;
}

static void
make(struct maker *m, const struct node *n, struct span at, const char *fmt,
    va_list args)
{
	struct mutant draft = { .source = m->source,
		.function = m->function,
		.rule = m->rule,
		.at = at };

	if (vasprintf(&draft.with, fmt, args) < 0)
		die(EXIT_INFRA, "out of memory");
	mutants_add(m->all, &draft, place_of(n));
}

void
replace(struct maker *m, const struct node *n, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	make(m, n, n->at, fmt, args);
	va_end(args);
}

void
replace_part(struct maker *m, const struct node *n, struct span at,
    const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	make(m, n, at, fmt, args);
	va_end(args);
}

bool
has_op(const struct maker *m, const struct node *n, const char *op)
{
	size_t len = n->op.to - n->op.from;

	return len == strlen(op) &&
	    strncmp(m->source->text + n->op.from, op, len) == 0;
}

static void
apply_below(struct maker *m, const struct node *n)
{
	const struct rule *r;
	size_t i;

	for (; n != NULL; n = n->next) {
		for (i = 0; (r = rule_nth(i)) != NULL; i++) {
			m->rule = r->id;
			r->apply(m, n);
		}
		apply_below(m, n->child);
	}
}

void
rules_apply(const struct source *source, struct mutants *all)
{
	struct maker m = { .all = all, .source = source };
	size_t i;

	for (i = 0; i < source->n; i++) {
		m.function = &source->functions[i];
		if (!m.function->variadic)
			apply_below(&m, m.function->body);
	}
}
