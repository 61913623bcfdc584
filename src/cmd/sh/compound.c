/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The parser of compound commands.
 */
#include <string.h>

#include "cmd/sh/grammar.h"

static void
expect(struct parser *p, const char *keyword)
{
	if (parse_at(p, keyword))
		parse_next(p);
	else
		parse_fail(p, NULL);
}

/* After if or elif, up to fi. */
static struct node *
parse_if(struct parser *p)
{
	struct node *n = parse_node(p, NODE_IF);

	parse_next(p);
	if (++p->depth > PARSE_DEPTH_MAX)
		parse_fail(p, "nested too deeply");
	n->test = parse_list(p);
	expect(p, "then");
	n->body = parse_list(p);
	if (parse_at(p, "elif")) {
		n->other = parse_if(p);
	} else {
		if (parse_at(p, "else")) {
			parse_next(p);
			n->other = parse_list(p);
		}
		expect(p, "fi");
	}
	p->depth--;
	return n;
}

static struct node *
parse_do(struct parser *p)
{
	struct node *n;

	expect(p, "do");
	n = parse_list(p);
	expect(p, "done");
	return n;
}

static struct node *
parse_loop(struct parser *p, enum node_kind kind)
{
	struct node *n = parse_node(p, kind);

	parse_next(p);
	n->test = parse_list(p);
	n->body = parse_do(p);
	return n;
}

static struct node *
parse_for(struct parser *p)
{
	struct node *n = parse_node(p, NODE_FOR);
	struct word **last = &n->words;
	const char *name;

	parse_next(p);
	name = parse_peek(p) == TOKEN_WORD ? word_plain(p->word) : NULL;
	if (name == NULL || !is_name(name, strlen(name))) {
		parse_fail(p, "bad name after for");
		return n;
	}
	n->text = region_copy(p->region, name);
	parse_next(p);
	(void)parse_accept(p, ';');
	parse_newlines(p);
	n->all = !parse_at(p, "in");
	if (!n->all) {
		parse_next(p);
		while (parse_peek(p) == TOKEN_WORD) {
			*last = p->word;
			last = &(*last)->next;
			parse_next(p);
		}
		if (!parse_accept(p, ';') && parse_peek(p) != TOKEN_NEWLINE)
			parse_fail(p, NULL);
		parse_newlines(p);
	}
	n->body = parse_do(p);
	return n;
}

/* [(] PATTERN [| PATTERN]... ) LIST [;;] */
static struct arm *
parse_arm(struct parser *p)
{
	struct arm *arm = region_take(p->region, sizeof *arm);
	struct word **last = &arm->patterns;

	(void)parse_accept(p, '(');
	do {
		if (parse_peek(p) != TOKEN_WORD) {
			parse_fail(p, NULL);
			return arm;
		}
		*last = p->word;
		last = &(*last)->next;
		parse_next(p);
	} while (parse_accept(p, '|'));
	if (!parse_accept(p, ')'))
		parse_fail(p, NULL);
	arm->body = parse_maybe_list(p);
	if (!parse_accept(p, TOKEN_DSEMI) && !parse_at(p, "esac"))
		parse_fail(p, NULL);
	parse_newlines(p);
	return arm;
}

static struct node *
parse_case(struct parser *p)
{
	struct node *n = parse_node(p, NODE_CASE);
	struct arm **last = &n->arms;

	parse_next(p);
	if (parse_peek(p) != TOKEN_WORD) {
		parse_fail(p, NULL);
		return n;
	}
	n->words = p->word;
	parse_next(p);
	parse_newlines(p);
	expect(p, "in");
	parse_newlines(p);
	while (!p->failed && !parse_at(p, "esac")) {
		*last = parse_arm(p);
		last = &(*last)->next;
	}
	expect(p, "esac");
	return n;
}

struct node *
parse_compound(struct parser *p)
{
	struct node *n;

	if (parse_accept(p, '(')) {
		n = parse_node(p, NODE_SUBSHELL);
		n->body = parse_list(p);
		if (!parse_accept(p, ')'))
			parse_fail(p, NULL);
		return n;
	}
	if (parse_at(p, "{")) {
		n = parse_node(p, NODE_GROUP);
		parse_next(p);
		n->body = parse_list(p);
		expect(p, "}");
		return n;
	}
	if (parse_at(p, "if"))
		return parse_if(p);
	if (parse_at(p, "while"))
		return parse_loop(p, NODE_WHILE);
	if (parse_at(p, "until"))
		return parse_loop(p, NODE_UNTIL);
	if (parse_at(p, "for"))
		return parse_for(p);
	if (parse_at(p, "case"))
		return parse_case(p);
	return NULL;
}
