/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The lexer's coarse half: tokens and here-documents. Words are in word.c.
 */
#include <string.h>

#include "cmd/sh/lex.h"

bool
is_meta(int c)
{
	return c < 0 || strchr(" \t\n;&|<>()", c) != NULL;
}

int
lex_peek(struct parser *p)
{
	return source_peek(p->from);
}

int
lex_get(struct parser *p)
{
	return source_get(p->from);
}

/* Take the next character if it is this one. */
static bool
accept(struct parser *p, int c)
{
	if (lex_peek(p) != c)
		return false;
	(void)lex_get(p);
	return true;
}

static void
skip_comment(struct parser *p)
{
	while (lex_peek(p) >= 0 && lex_peek(p) != '\n')
		(void)lex_get(p);
}

static void
skip_blanks(struct parser *p)
{
	while (lex_peek(p) == ' ' || lex_peek(p) == '\t')
		(void)lex_get(p);
	if (lex_peek(p) == '#')
		skip_comment(p);
}

/* A redirection from its first < or > on. */
static void
lex_redirect(struct parser *p, int c, int fd)
{
	struct redirect *r = region_take(p->region, sizeof *r);

	r->fd = fd >= 0 ? fd : c == '>';
	if (c == '>') {
		r->kind = REDIRECT_OUT;
		if (accept(p, '>'))
			r->kind = REDIRECT_APPEND;
		else if (accept(p, '&'))
			r->kind = REDIRECT_DUP;
		else
			(void)accept(p, '|');
	} else {
		r->kind = REDIRECT_IN;
		if (accept(p, '>'))
			r->kind = REDIRECT_BOTH;
		else if (accept(p, '&'))
			r->kind = REDIRECT_DUP;
		else if (accept(p, '<'))
			r->kind = REDIRECT_HERE;
		if (r->kind == REDIRECT_HERE)
			r->strip = accept(p, '-');
	}
	p->redirect = r;
	p->token = TOKEN_REDIRECT;
}

/* A word, unless it is the number before a redirection. A backslash at the
 * end of a line is no word. */
static bool
lex_word_or_fd(struct parser *p)
{
	const char *plain;
	int c;

	p->word = lex_word(p);
	p->token = TOKEN_WORD;
	if (p->word->parts == NULL)
		return p->failed;
	c = lex_peek(p);
	plain = word_plain(p->word);
	if ((c == '<' || c == '>') && plain != NULL && plain[0] >= '0' &&
	    plain[0] <= '9' && plain[1] == '\0') {
		(void)lex_get(p);
		lex_redirect(p, c, plain[0] - '0');
	}
	return true;
}

void
lex_token(struct parser *p)
{
	int c;

	p->have = true;
	do {
		skip_blanks(p);
		c = lex_peek(p);
		if (p->failed || c < 0) {
			p->token = TOKEN_END;
			return;
		}
		if (c != '\n')
			p->from->continued = true;
		if (!is_meta(c) && lex_word_or_fd(p))
			return;
	} while (!is_meta(c));
	(void)lex_get(p);
	p->token = c;
	if (c == '\n') {
		p->token = TOKEN_NEWLINE;
		lex_here(p);
	} else if (c == '<' || c == '>') {
		lex_redirect(p, c, -1);
	} else if (c == '&' && accept(p, '&')) {
		p->token = TOKEN_AND_IF;
	} else if (c == '|' && accept(p, '|')) {
		p->token = TOKEN_OR_IF;
	} else if (c == ';' && accept(p, ';')) {
		p->token = TOKEN_DSEMI;
	}
}

/* One line without its newline; NULL at the end. */
static char *
read_line(struct parser *p, bool strip)
{
	struct text t;
	int c = lex_peek(p);

	if (c < 0)
		return NULL;
	while (strip && lex_peek(p) == '\t')
		(void)lex_get(p);
	text_init(&t, p->region);
	while ((c = lex_get(p)) >= 0 && c != '\n')
		text_add(&t, (char)c);
	return text_end(&t);
}

static void
read_document(struct parser *p, const struct pending *h)
{
	struct text t;
	char *line;

	text_init(&t, p->region);
	while ((line = read_line(p, h->redirect->strip)) != NULL &&
	    strcmp(line, h->delimiter) != 0) {
		text_puts(&t, line);
		text_add(&t, '\n');
	}
	if (h->quoted)
		h->redirect->parts = part_text(p, text_end(&t), true);
	else
		h->redirect->parts = lex_document(p, text_end(&t));
}

void
lex_here(struct parser *p)
{
	struct pending *h = p->pending;
	bool before = p->from->continued;

	p->pending = NULL;
	p->from->continued = true;
	for (; h != NULL && !p->failed; h = h->next)
		read_document(p, h);
	p->from->continued = before;
}
