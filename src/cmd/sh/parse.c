/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The parser of lists, pipelines and simple commands, by recursive descent
 * with one token of look-ahead. Compound commands are in compound.c.
 */
#include <string.h>

#include "cmd/sh/grammar.h"

bool
is_name(const char *s, size_t n)
{
	size_t i;

	if (n == 0 || (s[0] >= '0' && s[0] <= '9'))
		return false;
	for (i = 0; i < n; i++) {
		if (s[i] != '_' && !(s[i] >= '0' && s[i] <= '9') &&
		    !((s[i] | 0x20) >= 'a' && (s[i] | 0x20) <= 'z'))
			return false;
	}
	return true;
}

int
parse_peek(struct parser *p)
{
	if (!p->have)
		lex_token(p);
	return p->failed ? TOKEN_END : p->token;
}

void
parse_next(struct parser *p)
{
	p->have = false;
}

bool
parse_accept(struct parser *p, int token)
{
	if (parse_peek(p) != token)
		return false;
	parse_next(p);
	return true;
}

bool
parse_at(struct parser *p, const char *keyword)
{
	const char *plain;

	if (parse_peek(p) != TOKEN_WORD)
		return false;
	plain = word_plain(p->word);
	return plain != NULL && strcmp(plain, keyword) == 0;
}

void
parse_newlines(struct parser *p)
{
	while (parse_accept(p, TOKEN_NEWLINE))
		continue;
}

struct node *
parse_node(struct parser *p, enum node_kind kind)
{
	struct node *n = region_take(p->region, sizeof *n);

	n->kind = kind;
	n->line = p->from->line;
	return n;
}

/* The word after << says where the document ends. */
static void
here_begin(struct parser *p, struct redirect *r)
{
	struct pending *h = region_take(p->region, sizeof *h), **last;
	const struct part *part;
	struct text t;

	text_init(&t, p->region);
	for (part = p->word->parts; part != NULL; part = part->next) {
		if (part->kind != PART_TEXT)
			parse_fail(p, "an expansion after <<");
		else
			text_puts(&t, part->text);
		h->quoted |= part->quoted;
	}
	h->delimiter = text_end(&t);
	h->redirect = r;
	for (last = &p->pending; *last != NULL; last = &(*last)->next)
		continue;
	*last = h;
}

bool
parse_redirect(struct parser *p, struct redirect ***last)
{
	struct redirect *r;

	if (parse_peek(p) != TOKEN_REDIRECT)
		return false;
	r = p->redirect;
	parse_next(p);
	if (parse_peek(p) != TOKEN_WORD) {
		parse_fail(p, NULL);
		return false;
	}
	if (r->kind == REDIRECT_HERE)
		here_begin(p, r);
	else
		r->parts = p->word->parts;
	parse_next(p);
	**last = r;
	*last = &r->next;
	return true;
}

/* Take an assignment apart, if the word is one. */
static struct assign *
assign_from(struct parser *p, const struct word *w)
{
	struct part *part = w->parts;
	const char *equals;
	struct assign *a;

	if (part->kind != PART_TEXT || part->quoted)
		return NULL;
	equals = strchr(part->text, '=');
	if (equals == NULL ||
	    !is_name(part->text, (size_t)(equals - part->text)))
		return NULL;
	a = region_take(p->region, sizeof *a);
	a->name = region_copy(p->region, part->text);
	a->name[equals - part->text] = '\0';
	part->text = region_copy(p->region, equals + 1);
	a->parts = part->text[0] != '\0' ? part : part->next;
	return a;
}

/* After NAME (. */
static struct node *
parse_function(struct parser *p, const struct word *w)
{
	struct node *n = parse_node(p, NODE_FUNCTION);
	const char *name = word_plain(w);

	parse_next(p);
	if (name == NULL || !is_name(name, strlen(name)) ||
	    !parse_accept(p, ')')) {
		parse_fail(p, "bad name of a function");
		return n;
	}
	n->text = region_copy(p->region, name);
	parse_newlines(p);
	n->body = parse_compound(p);
	if (n->body == NULL)
		parse_fail(p, NULL);
	return n;
}

static struct node *
parse_simple(struct parser *p)
{
	struct node *n = parse_node(p, NODE_SIMPLE);
	struct word **words = &n->words;
	struct assign **assigns = &n->assigns;
	struct redirect **redirects = &n->redirects;

	for (;;) {
		if (parse_redirect(p, &redirects))
			continue;
		if (parse_peek(p) != TOKEN_WORD)
			break;
		if (n->words == NULL &&
		    (*assigns = assign_from(p, p->word)) != NULL) {
			assigns = &(*assigns)->next;
			parse_next(p);
			continue;
		}
		*words = p->word;
		words = &(*words)->next;
		parse_next(p);
		if (n->words->next == NULL && n->assigns == NULL &&
		    n->redirects == NULL && parse_peek(p) == '(')
			return parse_function(p, n->words);
	}
	if (n->words == NULL && n->assigns == NULL && n->redirects == NULL)
		parse_fail(p, NULL);
	return n;
}

static struct node *
parse_command(struct parser *p)
{
	struct node *n = parse_compound(p);
	struct redirect **last;

	if (n == NULL)
		return parse_simple(p);
	last = &n->redirects;
	while (parse_redirect(p, &last))
		continue;
	return n;
}

static struct node *
parse_pipeline(struct parser *p)
{
	struct node *n, *pipe, **last;
	bool negated = false;

	while (parse_at(p, "!")) {
		parse_next(p);
		negated = !negated;
	}
	n = parse_command(p);
	if (parse_peek(p) == '|' || negated) {
		pipe = parse_node(p, NODE_PIPE);
		pipe->first = n;
		pipe->negated = negated;
		last = &n->next;
		while (parse_accept(p, '|')) {
			parse_newlines(p);
			*last = parse_command(p);
			last = &(*last)->next;
		}
		return pipe;
	}
	return n;
}

static struct node *
parse_and_or(struct parser *p)
{
	struct node *n = parse_pipeline(p), *list, **last;
	int token = parse_peek(p);

	if (token != TOKEN_AND_IF && token != TOKEN_OR_IF)
		return n;
	list = parse_node(p, NODE_AND_OR);
	list->first = n;
	last = &n->next;
	do {
		parse_next(p);
		parse_newlines(p);
		*last = parse_pipeline(p);
		(*last)->join = token == TOKEN_AND_IF ? '&' : '|';
		last = &(*last)->next;
		token = parse_peek(p);
	} while (token == TOKEN_AND_IF || token == TOKEN_OR_IF);
	return list;
}

/* Whether a list ends here, because what holds it does. */
static bool
at_list_end(struct parser *p)
{
	static const char *const ends[] = { "then", "else", "elif", "fi", "do",
		"done", "esac", "}" };
	size_t i;
	int token = parse_peek(p);

	if (token == TOKEN_END || token == ')' || token == TOKEN_DSEMI)
		return true;
	for (i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		if (parse_at(p, ends[i]))
			return true;
	}
	return false;
}

/* A list; whole says that newlines separate its commands, too. */
static struct node *
parse_commands(struct parser *p, bool whole)
{
	struct node *list = parse_node(p, NODE_LIST), **last = &list->first;
	struct node *n;

	if (++p->depth > PARSE_DEPTH_MAX)
		parse_fail(p, "nested too deeply");
	if (whole)
		parse_newlines(p);
	while (!at_list_end(p) && parse_peek(p) != TOKEN_NEWLINE) {
		n = parse_and_or(p);
		*last = n;
		last = &n->next;
		n->background = parse_peek(p) == '&';
		if (!parse_accept(p, ';') && !parse_accept(p, '&') &&
		    !(whole && parse_peek(p) == TOKEN_NEWLINE))
			break;
		if (whole)
			parse_newlines(p);
	}
	p->depth--;
	if (list->first != NULL && list->first->next == NULL &&
	    !list->first->background)
		return list->first;
	return list->first != NULL ? list : NULL;
}

struct node *
parse_list(struct parser *p)
{
	struct node *n = parse_commands(p, true);

	if (n == NULL)
		parse_fail(p, NULL);
	return n;
}

struct node *
parse_maybe_list(struct parser *p)
{
	return parse_commands(p, true);
}

struct node *
parse_substitution(struct parser *outer)
{
	struct parser p = { .from = outer->from,
		.region = outer->region,
		.depth = outer->depth };
	struct node *n = parse_commands(&p, true);

	if (!p.failed && parse_peek(&p) != ')')
		parse_fail(&p, p.token == TOKEN_END ? "$( without )" : NULL);
	outer->failed |= p.failed;
	return n;
}

struct node *
parse_text(struct parser *outer, const char *text)
{
	struct source s;
	struct parser p = { .from = &s,
		.region = outer->region,
		.depth = outer->depth };
	struct node *n;

	source_string(&s, text);
	s.name = outer->from->name;
	s.line = outer->from->line;
	n = parse_commands(&p, true);
	if (!p.failed && parse_peek(&p) != TOKEN_END)
		parse_fail(&p, NULL);
	outer->failed |= p.failed;
	return n;
}

/* After an error the rest of the line means nothing. */
static void
skip_line(struct source *from)
{
	int c;

	from->continued = true;
	do {
		c = source_get(from);
	} while (c >= 0 && c != '\n');
}

enum parse_result
parse_line(struct source *from, struct region *region, struct node **node)
{
	struct parser p = { .from = from, .region = region };
	struct node *n;
	int line;

	from->continued = false;
	if (parse_peek(&p) == TOKEN_END && !p.failed)
		return PARSE_END;
	n = parse_commands(&p, false);
	if (!p.failed && parse_peek(&p) != TOKEN_NEWLINE &&
	    p.token != TOKEN_END)
		parse_fail(&p, NULL);
	if (p.failed) {
		line = from->line;
		/* A failing newline was taken with its line. */
		if (!(p.have && p.token == TOKEN_NEWLINE && line > 0))
			skip_line(from);
		return PARSE_ERROR;
	}
	*node = n;
	return PARSE_OK;
}
