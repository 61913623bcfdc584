/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The text between children.
 */
#include "grader/mutate/shape.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool
text_is(const struct source *s, struct span at, const char *word)
{
	return at.to - at.from == strlen(word) &&
	    strncmp(s->text + at.from, word, at.to - at.from) == 0;
}

/* Does a node begin with a word of the language? */
static bool
begins_with(const struct source *s, const struct node *n, const char *word)
{
	const char *at = s->text + n->at.from;
	size_t len = strlen(word);

	return strncmp(at, word, len) == 0 &&
	    !isalnum((unsigned char)at[len]) && at[len] != '_';
}

static struct node *
last_child(const struct node *n)
{
	struct node *c = n->child;

	while (c != NULL && c->next != NULL)
		c = c->next;
	return c;
}

/* A child stands where a statement does: it ends with its semicolon, or where
 * the statement in it does. */
static void
statement(const struct source *s, struct node *n, enum node_role role)
{
	const struct node *last = last_child(n);
	size_t at;

	n->role = role;
	switch (n->kind) {
	case NODE_DECLARATION:
	case NODE_COMPOUND:
		return;
	case NODE_IF:
	case NODE_FOR:
	case NODE_WHILE:
	case NODE_SWITCH:
	case NODE_CASE:
		if (last != NULL)
			n->at.to = last->at.to;
		return;
	case NODE_DO:
	case NODE_RETURN:
	case NODE_BREAK:
	case NODE_CONTINUE:
	case NODE_GOTO:
	case NODE_CALL:
	case NODE_BINARY:
	case NODE_ASSIGN:
	case NODE_UNARY:
	case NODE_CHOICE:
	case NODE_CONSTANT:
	case NODE_ERRNO:
	case NODE_FIELDS:
	case NODE_OTHER:
		at = scan_blank(s->text, n->at.to);
		if (s->text[n->at.to - 1] != ';' && s->text[at] == ';')
			n->at.to = at + 1;
	}
}

static bool
is_one_of(const struct source *s, struct span op, const char *const *list)
{
	for (; *list != NULL; list++)
		if (text_is(s, op, *list))
			return true;
	return false;
}

static void
shape_binary(const struct source *s, struct node *n)
{
	static const char *const assigns[] = { "=", "+=", "-=", "*=", "/=",
		"%=", "&=", "|=", "^=", "<<=", ">>=", NULL };
	static const char *const others[] = { "+", "-", "*", "/", "%", "&", "|",
		"^", "<<", ">>", "<", ">", "<=", ">=", "==", "!=", "&&", "||",
		NULL };
	struct node *a = n->child, *b = a != NULL ? a->next : NULL;
	struct span between;

	n->kind = NODE_OTHER;
	if (b == NULL || a->at.to >= b->at.from)
		return;
	between = (struct span){ a->at.to, b->at.from };
	if (!scan_word(s->text, between, &n->op))
		return;
	if (is_one_of(s, n->op, assigns))
		n->kind = NODE_ASSIGN;
	else if (is_one_of(s, n->op, others))
		n->kind = NODE_BINARY;
}

/* -ENOENT and the like. */
static bool
is_errno(const struct source *s, const struct node *n)
{
	const char *at = s->text + n->child->at.from;
	size_t i, len = n->child->at.to - n->child->at.from;

	if (!text_is(s, n->op, "-") || n->child->kind != NODE_CONSTANT ||
	    at[0] != 'E' || len < 3)
		return false;
	for (i = 0; i < len; i++)
		if (!isupper((unsigned char)at[i]) &&
		    !isdigit((unsigned char)at[i]))
			return false;
	return true;
}

static void
shape_unary(const struct source *s, struct node *n)
{
	struct span before, behind;

	n->kind = NODE_OTHER;
	if (n->child == NULL)
		return;
	before = (struct span){ n->at.from, n->child->at.from };
	behind = (struct span){ n->child->at.to, n->at.to };
	if (before.from < before.to ? !scan_word(s->text, before, &n->op)
				    : !scan_word(s->text, behind, &n->op))
		return;
	n->kind = is_errno(s, n) ? NODE_ERRNO : NODE_UNARY;
}

/* Condition first, statements behind it. */
static void
shape_branches(const struct source *s, struct node *n, enum node_role role)
{
	struct node *c = n->child;

	if (c == NULL)
		return;
	c->role = ROLE_CONDITION;
	for (c = c->next; c != NULL; c = c->next)
		statement(s, c, role);
}

static void
shape_do(const struct source *s, struct node *n)
{
	if (n->child == NULL || n->child->next == NULL)
		return;
	statement(s, n->child, ROLE_BODY);
	n->child->next->role = ROLE_CONDITION;
}

/* Any of the three parts may be missing; the semicolons tell. */
static void
shape_for(const struct source *s, struct node *n)
{
	struct span head = { n->at.from, n->at.to };
	size_t open, first, second;
	struct node *c;

	open = scan_find(s->text, head, '(');
	head.from = open + 1;
	first = scan_find(s->text, head, ';');
	head.from = first + 1;
	second = scan_find(s->text, head, ';');
	for (c = n->child; c != NULL; c = c->next) {
		if (c->next == NULL)
			statement(s, c, ROLE_BODY);
		else if (c->at.from < first)
			c->role = ROLE_INIT;
		else if (c->at.from < second)
			c->role = ROLE_CONDITION;
		else
			c->role = ROLE_STEP;
	}
}

static void
shape_statements(const struct source *s, struct node *n)
{
	struct node *c;

	for (c = n->child; c != NULL; c = c->next)
		if (n->kind == NODE_COMPOUND || c->next == NULL)
			statement(s, c, ROLE_STATEMENT);
}

/* Is the word there that makes it what it is? Else a macro does. */
static bool
is_written(const struct source *s, const struct node *n)
{
	static const struct {
		enum node_kind kind;
		const char *word;
	} words[] = { { NODE_IF, "if" }, { NODE_FOR, "for" },
		{ NODE_WHILE, "while" }, { NODE_DO, "do" },
		{ NODE_SWITCH, "switch" }, { NODE_RETURN, "return" },
		{ NODE_BREAK, "break" }, { NODE_CONTINUE, "continue" },
		{ NODE_GOTO, "goto" } };

	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		if (words[i].kind == n->kind)
			return begins_with(s, n, words[i].word);
	return (n->kind != NODE_COMPOUND && n->kind != NODE_FIELDS) ||
	    s->text[n->at.from] == '{';
}

void
shape_node(const struct source *s, struct node *n)
{
	if (!is_written(s, n))
		n->kind = NODE_OTHER;
	switch (n->kind) {
	case NODE_BINARY:
	case NODE_ASSIGN:
		shape_binary(s, n);
		break;
	case NODE_UNARY:
		shape_unary(s, n);
		break;
	case NODE_IF:
	case NODE_SWITCH:
		shape_branches(s, n, ROLE_STATEMENT);
		break;
	case NODE_WHILE:
		shape_branches(s, n, ROLE_BODY);
		break;
	case NODE_DO:
		shape_do(s, n);
		break;
	case NODE_FOR:
		shape_for(s, n);
		break;
	case NODE_CASE:
	case NODE_COMPOUND:
		shape_statements(s, n);
		break;
	case NODE_CHOICE:
		if (n->child != NULL)
			n->child->role = ROLE_CONDITION;
		break;
	case NODE_OTHER:
	case NODE_RETURN:
	case NODE_BREAK:
	case NODE_CONTINUE:
	case NODE_GOTO:
	case NODE_DECLARATION:
	case NODE_CALL:
	case NODE_CONSTANT:
	case NODE_ERRNO:
	case NODE_FIELDS:
		break;
	}
}

void
shape_variable(const struct source *s, struct node *n, size_t name)
{
	struct span rest = { name, n->at.to };
	size_t equals = scan_find(s->text, rest, '=');
	struct node *c;

	n->child = NULL;
	for (c = s->nodes; c != NULL && c != n; c = c->made)
		if (c->parent == n && c->at.from > equals) {
			c->role = ROLE_VALUE;
			c->next = NULL;
			n->child = c;
		}
}

static void
collect(struct source *s, const struct node *n)
{
	char *name;

	for (; n != NULL; n = n->next) {
		if (n->kind == NODE_ERRNO) {
			name = scan_normal(s->text, n->at);
			if (!strings_have(&s->errors, name))
				strings_add(&s->errors, name);
			free(name);
		}
		collect(s, n->child);
	}
}

void
shape_errors(struct source *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		collect(s, s->functions[i].body);
}
