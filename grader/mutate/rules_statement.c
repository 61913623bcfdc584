/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Rules for statements: what is dropped, exchanged, returned, and loops.
 */
#include <stdlib.h>
#include <string.h>

#include "grader/mutate/rules.h"

static bool
is_statement(const struct node *n)
{
	return n->role == ROLE_STATEMENT || n->role == ROLE_BODY;
}

static bool
is_expression(const struct node *n)
{
	return n->kind == NODE_CALL || n->kind == NODE_ASSIGN ||
	    n->kind == NODE_UNARY || n->kind == NODE_BINARY ||
	    n->kind == NODE_CHOICE;
}

static void
drop_assignment(struct maker *m, const struct node *n)
{
	if (is_statement(n) && n->kind == NODE_ASSIGN)
		replace(m, n, ";");
}

static void
drop_call(struct maker *m, const struct node *n)
{
	if (is_statement(n) && n->kind == NODE_CALL)
		replace(m, n, ";");
}

/* Is there a call in it, or ++ or the like? */
static bool
does_more(const struct maker *m, const struct node *n)
{
	const struct node *c;

	if (n->kind == NODE_CALL ||
	    (n->kind == NODE_UNARY &&
		(has_op(m, n, "++") || has_op(m, n, "--"))))
		return true;
	for (c = n->child; c != NULL; c = c->next)
		if (does_more(m, c) || c->kind == NODE_ASSIGN)
			return true;
	return false;
}

/* An assertion is for whoever changes the program. */
static bool
is_assert(const struct maker *m, const struct node *n)
{
	return strncmp(m->source->text + n->at.from, "assert(", 7) == 0;
}

/* Whatever is neither; also a call whose result is cast away. */
static void
drop_statement(struct maker *m, const struct node *n)
{
	if (is_statement(n) &&
	    (n->kind == NODE_UNARY ||
		(n->kind == NODE_OTHER && does_more(m, n) && !is_assert(m, n))))
		replace(m, n, ";");
	if (n->role == ROLE_STEP && is_expression(n))
		replace(m, n, "%s", "");
}

static void
drop_jump(struct maker *m, const struct node *n)
{
	if (is_statement(n) &&
	    (n->kind == NODE_BREAK || n->kind == NODE_CONTINUE ||
		n->kind == NODE_GOTO ||
		(n->kind == NODE_RETURN && !m->function->returns)))
		replace(m, n, ";");
}

static bool
is_null(const struct maker *m, const struct node *n)
{
	return n->at.to - n->at.from == 4 &&
	    strncmp(m->source->text + n->at.from, "NULL", 4) == 0;
}

/* A value that is returned, but neither constant nor error. */
static void
return_other(struct maker *m, const struct node *n)
{
	const struct node *value = n->child;

	if (n->kind != NODE_RETURN || value == NULL || value->known ||
	    value->kind == NODE_ERRNO || is_null(m, value))
		return;
	if (m->function->returns_truth)
		replace(m, value, "!(%.*s)", TEXT(m, value));
	else
		replace(m, value, "((void)(%.*s), 0)", TEXT(m, value));
}

/* A field that is set in an initialiser, with the comma behind it. */
static void
drop_field(struct maker *m, const struct node *n)
{
	const char *s = m->source->text;
	struct span at = n->at;
	size_t comma = scan_blank(s, n->at.to);

	if (n->parent == NULL || n->parent->kind != NODE_FIELDS ||
	    s[n->at.from] != '.' || (n->next == NULL && n->parent->child == n))
		return;
	if (s[comma] == ',')
		at.to = comma + 1;
	replace_part(m, n, at, "%s", "");
}

/* Does control leave a node, otherwise than at its end? Of break and continue
 * only those that belong to a loop outside. */
static bool
jumps(const struct node *n, bool inner)
{
	const struct node *c;

	if (n->kind == NODE_RETURN || n->kind == NODE_GOTO ||
	    n->kind == NODE_CASE)
		return true;
	if (!inner && (n->kind == NODE_BREAK || n->kind == NODE_CONTINUE))
		return true;
	inner = inner || n->kind == NODE_FOR || n->kind == NODE_WHILE ||
	    n->kind == NODE_DO;
	for (c = n->child; c != NULL; c = c->next)
		if (jumps(c, inner))
			return true;
	return false;
}

/* Where a statement stores, if that is all it does; NULL: it may do more. */
static const struct node *
store_of(const struct maker *m, const struct node *n)
{
	static const char *const stores[] = { "memset", "memcpy", "memmove",
		"strlcpy" };
	const struct node *to = n->child, *c;
	char *name;
	size_t i;

	if (n->kind == NODE_CALL && to != NULL) {
		name = scan_normal(m->source->text, to->at);
		to = NULL;
		for (i = 0; i < sizeof stores / sizeof stores[0]; i++)
			if (strcmp(name, stores[i]) == 0)
				to = n->child->next;
		free(name);
	} else if (n->kind != NODE_ASSIGN &&
	    !(n->kind == NODE_UNARY &&
		(has_op(m, n, "++") || has_op(m, n, "--")))) {
		return NULL;
	}
	for (c = n->child; to != NULL && c != NULL; c = c->next)
		if (does_more(m, c))
			return NULL;
	return to;
}

/* Is the place where one stores not mentioned in the other? */
static bool
untouched(const struct maker *m, const struct node *to, const struct node *by)
{
	const struct node *of = to->kind == NODE_UNARY ? to->child : to;
	char *place = scan_normal(m->source->text, of->at);
	char *all = scan_normal(m->source->text, by->at);
	bool there = strstr(all, place) != NULL;

	free(place);
	free(all);
	return !there;
}

/* Two statements that store in different places, so that it makes no
 * difference which comes first. */
static bool
independent(const struct maker *m, const struct node *a, const struct node *b)
{
	const struct node *x = store_of(m, a), *y = store_of(m, b);

	return x != NULL && y != NULL && untouched(m, x, b) &&
	    untouched(m, y, a);
}

static void
exchange_statements(struct maker *m, const struct node *a)
{
	const struct node *b = a->next;
	struct span both;

	if (a->parent == NULL || a->parent->kind != NODE_COMPOUND ||
	    b == NULL || a->kind == NODE_DECLARATION ||
	    b->kind == NODE_DECLARATION || jumps(a, false) || jumps(b, false) ||
	    same_text(m->source, a, b) || independent(m, a, b) ||
	    is_assert(m, a) || is_assert(m, b))
		return;
	both = (struct span){ a->at.from, b->at.to };
	replace_part(m, a, both, "%.*s%.*s%.*s", TEXT(m, b),
	    (int)(b->at.from - a->at.to), m->source->text + a->at.to,
	    TEXT(m, a));
}

static const struct node *
part(const struct node *loop, enum node_role role)
{
	const struct node *c = loop->child;

	while (c != NULL && c->role != role)
		c = c->next;
	return c;
}

/* The first time, the body is passed over. */
static void
drop_first_round(struct maker *m, const struct node *n)
{
	const struct node *body;
	const char *s = m->source->text;

	if (n->kind != NODE_FOR && n->kind != NODE_WHILE)
		return;
	body = part(n, ROLE_BODY);
	if (body == NULL)
		return;
	replace(m, n,
	    "{ int first_ = 1; %.*sif (first_) { first_ = 0; continue; } "
	    "else %.*s }",
	    (int)(body->at.from - n->at.from), s + n->at.from, TEXT(m, body));
}

static bool
has_constant(const struct node *n)
{
	const struct node *c;

	if (n->kind == NODE_CONSTANT)
		return true;
	for (c = n->child; c != NULL; c = c->next)
		if (has_constant(c))
			return true;
	return false;
}

/* One round less at the end: the limit comes a step earlier. Where that is a
 * constant, one less does the same. */
static void
drop_last_round(struct maker *m, const struct node *n)
{
	const struct node *test, *step;
	const char *sign;

	if (n->kind != NODE_FOR)
		return;
	test = part(n, ROLE_CONDITION);
	step = part(n, ROLE_STEP);
	if (test == NULL || step == NULL || test->kind != NODE_BINARY ||
	    step->kind != NODE_UNARY || has_op(m, test, "&&") ||
	    has_op(m, test, "||") || has_constant(test->child->next) ||
	    !same_text(m->source, test->child, step->child))
		return;
	sign = has_op(m, step, "++") ? "+" : "-";
	replace(m, test->child, "(%.*s %s 1)", TEXT(m, test->child), sign);
}

const struct rule statement_rules[] = {
	{ "drop-assign", "an assignment is dropped", drop_assignment },
	{ "drop-call", "a call is dropped", drop_call },
	{ "drop-stmt", "a statement is dropped", drop_statement },
	{ "drop-jump", "a jump is dropped", drop_jump },
	{ "drop-field", "a field is not set", drop_field },
	{ "return", "what is returned is wrong", return_other },
	{ "swap-stmts", "two statements are exchanged", exchange_statements },
	{ "first-round", "a loop's first round is dropped", drop_first_round },
	{ "last-round", "a loop's last round is dropped", drop_last_round },
	{ NULL, NULL, NULL },
};
