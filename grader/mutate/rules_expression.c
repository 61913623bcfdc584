/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Rules for expressions: conditions, operators, constants, errors, arguments.
 */
#include <stdlib.h>
#include <string.h>

#include "grader/mutate/rules.h"

/* An operator and what may stand in its place. */
struct swap {
	const char *op;
	const char *with[2];
};

static void
exchange(struct maker *m, const struct node *n, const struct swap *swaps)
{
	size_t i;

	for (; swaps->op != NULL; swaps++)
		for (i = 0; has_op(m, n, swaps->op) && i < 2; i++)
			if (swaps->with[i] != NULL)
				replace_part(m, n, n->op, "%s", swaps->with[i]);
}

static bool
is_relation(const struct maker *m, const struct node *n)
{
	static const char *const ops[] = { "<", "<=", ">", ">=", "==", "!=" };
	size_t i;

	for (i = 0; n->kind == NODE_BINARY && i < 6; i++)
		if (has_op(m, n, ops[i]))
			return true;
	return false;
}

/* Turning a relation around is another rule's. */
static void
negate(struct maker *m, const struct node *n)
{
	if (n->role != ROLE_CONDITION || is_relation(m, n) ||
	    n->parent->kind == NODE_SWITCH)
		return;
	if (n->kind == NODE_UNARY && has_op(m, n, "!"))
		replace(m, n, "%.*s", TEXT(m, n->child));
	else
		replace(m, n, "!(%.*s)", TEXT(m, n));
}

static void
force_true(struct maker *m, const struct node *n)
{
	if (n->role == ROLE_CONDITION && n->parent->kind != NODE_SWITCH)
		replace(m, n, "1");
}

static void
force_false(struct maker *m, const struct node *n)
{
	if (n->role == ROLE_CONDITION && n->parent->kind != NODE_SWITCH)
		replace(m, n, "0");
}

static void
drop_operand(struct maker *m, const struct node *n)
{
	if (n->kind != NODE_BINARY ||
	    (!has_op(m, n, "&&") && !has_op(m, n, "||")))
		return;
	replace(m, n, "%.*s", TEXT(m, n->child));
	replace(m, n, "%.*s", TEXT(m, n->child->next));
}

static void
exchange_and_or(struct maker *m, const struct node *n)
{
	static const struct swap swaps[] = { { "&&", { "||", NULL } },
		{ "||", { "&&", NULL } }, { NULL, { NULL, NULL } } };

	if (n->kind == NODE_BINARY)
		exchange(m, n, swaps);
}

static void
move_relation(struct maker *m, const struct node *n)
{
	static const struct swap swaps[] = { { "<", { "<=", NULL } },
		{ "<=", { "<", NULL } }, { ">", { ">=", NULL } },
		{ ">=", { ">", NULL } }, { NULL, { NULL, NULL } } };

	if (n->kind == NODE_BINARY)
		exchange(m, n, swaps);
}

static void
invert_relation(struct maker *m, const struct node *n)
{
	static const struct swap swaps[] = { { "<", { ">=", NULL } },
		{ "<=", { ">", NULL } }, { ">", { "<=", NULL } },
		{ ">=", { "<", NULL } }, { "==", { "!=", NULL } },
		{ "!=", { "==", NULL } }, { NULL, { NULL, NULL } } };

	if (n->kind == NODE_BINARY)
		exchange(m, n, swaps);
}

static void
exchange_arithmetic(struct maker *m, const struct node *n)
{
	static const struct swap swaps[] = { { "+", { "-", NULL } },
		{ "-", { "+", NULL } }, { "*", { "/", NULL } },
		{ "/", { "*", "%" } }, { "%", { "/", NULL } },
		{ NULL, { NULL, NULL } } };

	if (n->kind == NODE_BINARY)
		exchange(m, n, swaps);
}

/* Two masks without a common bit: + | and ^ are the same. */
static bool
is_union(const struct maker *m, const struct node *n)
{
	const struct node *a = n->child, *b = a->next;

	return has_op(m, n, "|") && a->known && b->known &&
	    (a->value & b->value) == 0;
}

static void
exchange_bits(struct maker *m, const struct node *n)
{
	static const struct swap only_and[] = { { "|", { "&", NULL } },
		{ NULL, { NULL, NULL } } };
	static const struct swap swaps[] = { { "&", { "|", "^" } },
		{ "|", { "&", "^" } }, { "^", { "&", "|" } },
		{ "<<", { ">>", NULL } }, { ">>", { "<<", NULL } },
		{ NULL, { NULL, NULL } } };

	if (n->kind == NODE_BINARY)
		exchange(m, n, is_union(m, n) ? only_and : swaps);
}

static void
exchange_assignment(struct maker *m, const struct node *n)
{
	static const struct swap swaps[] = { { "+=", { "-=", "=" } },
		{ "-=", { "+=", "=" } }, { "*=", { "/=", "=" } },
		{ "/=", { "*=", "=" } }, { "%=", { "/=", "=" } },
		{ "&=", { "|=", "=" } }, { "|=", { "&=", "=" } },
		{ "^=", { "|=", "=" } }, { "<<=", { ">>=", "=" } },
		{ ">>=", { "<<=", "=" } }, { NULL, { NULL, NULL } } };

	if (n->kind == NODE_ASSIGN)
		exchange(m, n, swaps);
}

static void
exchange_step(struct maker *m, const struct node *n)
{
	static const struct swap swaps[] = { { "++", { "--", NULL } },
		{ "--", { "++", NULL } }, { NULL, { NULL, NULL } } };

	if (n->kind == NODE_UNARY)
		exchange(m, n, swaps);
}

/* Where a condition is negated as a whole, that is another rule's. */
static void
drop_unary(struct maker *m, const struct node *n)
{
	if (n->kind == NODE_UNARY && n->role != ROLE_CONDITION &&
	    (has_op(m, n, "!") || has_op(m, n, "~") || has_op(m, n, "-")))
		replace(m, n, "%.*s", TEXT(m, n->child));
}

/* An integer that may be another one: not the number of an error. */
static bool
is_free_constant(const struct node *n)
{
	return n->kind == NODE_CONSTANT && n->parent != NULL &&
	    n->parent->kind != NODE_ERRNO && n->role != ROLE_STATEMENT;
}

static bool
is_word(const struct maker *m, const struct node *n, const char *word)
{
	size_t len = strlen(word);

	return n->at.to - n->at.from == len &&
	    strncmp(m->source->text + n->at.from, word, len) == 0;
}

/* Bits, not a number: one more would be a bit that nobody uses. */
static bool
is_mask(const struct maker *m, const struct node *n)
{
	static const char *const ops[] = { "&", "|", "^", "~",
		"&=", "|=", "^=" };
	const struct node *p = n->parent;
	size_t i;

	while (p->kind == NODE_OTHER && p->at.from + 1 == n->at.from &&
	    p->parent != NULL)
		p = p->parent; /* brackets */
	for (i = 0; i < sizeof ops / sizeof ops[0]; i++)
		if ((p->kind == NODE_BINARY || p->kind == NODE_UNARY ||
			p->kind == NODE_ASSIGN) &&
		    has_op(m, p, ops[i]))
			return true;
	return false;
}

static bool
is_number(const struct maker *m, const struct node *n)
{
	return is_free_constant(n) && !is_word(m, n, "true") &&
	    !is_word(m, n, "false") && !is_mask(m, n);
}

static void
constant_more(struct maker *m, const struct node *n)
{
	if (is_number(m, n))
		replace(m, n, "(%.*s + 1)", TEXT(m, n));
}

static void
constant_less(struct maker *m, const struct node *n)
{
	if (is_number(m, n))
		replace(m, n, "(%.*s - 1)", TEXT(m, n));
}

static void
exchange_truth(struct maker *m, const struct node *n)
{
	if (is_free_constant(n) && is_word(m, n, "true"))
		replace(m, n, "false");
	if (is_free_constant(n) && is_word(m, n, "false"))
		replace(m, n, "true");
}

static void
move_mask(struct maker *m, const struct node *n)
{
	if (is_free_constant(n) && is_mask(m, n))
		replace(m, n, "(%.*s << 1)", TEXT(m, n));
}

/* What one less makes zero of is that rule's. */
static void
constant_zero(struct maker *m, const struct node *n)
{
	if (is_free_constant(n) && n->value != 0 &&
	    (n->value != 1 || is_mask(m, n)) && !is_word(m, n, "true"))
		replace(m, n, "0");
}

static void
error_ok(struct maker *m, const struct node *n)
{
	if (n->kind == NODE_ERRNO)
		replace(m, n, "0");
}

/* The error behind this one in a list, the first if it is the last; NULL:
 * there is no other. */
static const char *
next_error(const struct strings *list, const char *error)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->at[i], error) == 0)
			break;
	if (list->n == 0 || (list->n == 1 && i == 0))
		return NULL;
	return list->at[i < list->n ? (i + 1) % list->n : 0];
}

static void
error_other(struct maker *m, const struct node *n)
{
	const char *other = NULL;
	char *error;

	if (n->kind != NODE_ERRNO)
		return;
	error = scan_normal(m->source->text, n->at);
	other = next_error(&m->function->errors, error);
	if (other == NULL)
		other = next_error(&m->source->errors, error);
	if (other != NULL)
		replace(m, n, "%s", other);
	free(error);
}

/* Between and around two arguments, everything stays as it is. */
static void
exchange_two(struct maker *m, const struct node *call, const struct node *a,
    const struct node *b)
{
	struct span both = { a->at.from, b->at.to };

	replace_part(m, call, both, "%.*s%.*s%.*s", TEXT(m, b),
	    (int)(b->at.from - a->at.to), m->source->text + a->at.to,
	    TEXT(m, a));
}

/* Is it all the same to a function which of two texts comes first? Their order
 * is not asked for in this project, only whether they are equal. */
static bool
compares(const struct maker *m, const struct node *call)
{
	static const char *const names[] = { "strcmp", "strncmp", "memcmp" };
	char *name = scan_normal(m->source->text, call->child->at);
	bool found = false;
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		found = found || strcmp(name, names[i]) == 0;
	free(name);
	return found;
}

static void
exchange_arguments(struct maker *m, const struct node *n)
{
	const struct node *a, *b;

	if (n->kind != NODE_CALL || n->child == NULL || compares(m, n))
		return;
	for (a = n->child->next; a != NULL; a = a->next)
		for (b = a->next; b != NULL; b = b->next)
			if (a->type != NULL && b->type != NULL &&
			    strcmp(a->type, b->type) == 0 &&
			    !same_text(m->source, a, b))
				exchange_two(m, n, a, b);
}

const struct rule expression_rules[] = {
	{ "cond-negate", "a condition is negated", negate },
	{ "cond-true", "a condition is always true", force_true },
	{ "cond-false", "a condition is never true", force_false },
	{ "operand", "an operand of && or || is dropped", drop_operand },
	{ "and-or", "&& and || are exchanged", exchange_and_or },
	{ "rel-move", "a limit is moved by one", move_relation },
	{ "rel-invert", "a relation is turned around", invert_relation },
	{ "const-plus", "a constant is one more", constant_more },
	{ "const-minus", "a constant is one less", constant_less },
	{ "const-zero", "a constant is 0", constant_zero },
	{ "truth", "true and false are exchanged", exchange_truth },
	{ "mask", "a mask is of other bits", move_mask },
	{ "arithmetic", "an operation is another", exchange_arithmetic },
	{ "bits", "a bit or shift operation is another", exchange_bits },
	{ "assign", "an assignment is of another kind", exchange_assignment },
	{ "step", "++ and -- are exchanged", exchange_step },
	{ "unary", "an operator is dropped", drop_unary },
	{ "errno-ok", "an error is OK", error_ok },
	{ "errno-other", "an error is another", error_other },
	{ "swap-args", "two arguments are exchanged", exchange_arguments },
	{ NULL, NULL, NULL },
};
