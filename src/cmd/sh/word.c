/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The lexer's fine half: quotes and expansions within a word.
 */
#include <string.h>

#include "cmd/sh/lex.h"

/* How a run of characters ends: with a character of its own, or so. */
enum {
	END_WORD = -2,
	END_TEXT = -3
};

/** The parts of a word while they grow. */
struct builder {
	struct part *first, **last;
	struct text text; /**< plain characters not yet made a part */
	bool quoted;      /**< whether those are */
};

static void lex_parts(struct parser *p, struct builder *b, int end,
    bool quoted);

struct part *
part_text(struct parser *p, char *text, bool quoted)
{
	struct part *part = region_take(p->region, sizeof *part);

	part->kind = PART_TEXT;
	part->text = text;
	part->quoted = quoted;
	return part;
}

static void
builder_init(struct parser *p, struct builder *b)
{
	memset(b, 0, sizeof *b);
	b->last = &b->first;
	text_init(&b->text, p->region);
}

static void
builder_append(struct builder *b, struct part *part)
{
	*b->last = part;
	b->last = &part->next;
}

static void
builder_flush(struct parser *p, struct builder *b)
{
	if (b->text.n > 0)
		builder_append(b, part_text(p, text_end(&b->text), b->quoted));
	text_init(&b->text, p->region);
}

static void
builder_add(struct parser *p, struct builder *b, int c, bool quoted)
{
	if (b->quoted != quoted)
		builder_flush(p, b);
	b->quoted = quoted;
	text_add(&b->text, (char)c);
}

/* Quotes with nothing in them are a word all the same. */
static void
builder_empty(struct parser *p, struct builder *b)
{
	builder_flush(p, b);
	builder_append(b, part_text(p, region_copy(p->region, ""), true));
}

static void
lex_single(struct parser *p, struct builder *b)
{
	int c = lex_get(p);

	if (c == '\'')
		builder_empty(p, b);
	while (c != '\'') {
		if (c < 0) {
			parse_fail(p, "' without its end");
			return;
		}
		builder_add(p, b, c, true);
		c = lex_get(p);
	}
}

static void
lex_double(struct parser *p, struct builder *b)
{
	struct part **last = b->last;
	size_t n = b->text.n;

	lex_parts(p, b, '"', true);
	if (b->last == last && b->text.n == n)
		builder_empty(p, b);
}

/* After a backslash. Within double quotes it is mostly itself. */
static void
lex_escape(struct parser *p, struct builder *b, int end, bool quoted)
{
	int c = lex_get(p);

	if (c == '\n')
		return;
	if (c < 0) {
		builder_add(p, b, '\\', true);
		return;
	}
	if (quoted && c != '$' && c != '`' && c != '\\' && c != end)
		builder_add(p, b, '\\', true);
	builder_add(p, b, c, true);
}

/* `...`: a backslash before $, ` or \ goes, then it is a text of its own. */
static struct node *
lex_backquote(struct parser *p, bool quoted)
{
	struct text t;
	int c;

	text_init(&t, p->region);
	while ((c = lex_get(p)) != '`') {
		if (c < 0) {
			parse_fail(p, "` without its end");
			return NULL;
		}
		if (c == '\\') {
			c = lex_peek(p);
			if (c == '$' || c == '`' || c == '\\' ||
			    (quoted && c == '"'))
				(void)lex_get(p);
			else
				c = '\\';
		}
		text_add(&t, (char)c);
	}
	return parse_text(p, text_end(&t));
}

static bool
is_letter(int c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* The name of a parameter; in braces a number may have many digits. */
static char *
lex_name(struct parser *p, bool braces)
{
	struct text t;
	int c = lex_peek(p);

	text_init(&t, p->region);
	if (c >= 0 && strchr("@*#?-$!", c) != NULL && c != '\0') {
		text_add(&t, (char)lex_get(p));
	} else if (is_digit(c)) {
		do {
			text_add(&t, (char)lex_get(p));
		} while (braces && is_digit(lex_peek(p)));
	} else if (is_letter(c)) {
		do {
			text_add(&t, (char)lex_get(p));
			c = lex_peek(p);
		} while (is_letter(c) || is_digit(c));
	}
	return text_end(&t);
}

/* The operator of ${}, and its word up to the brace. */
static void
lex_operator(struct parser *p, struct part *part, bool quoted)
{
	struct builder b;
	int c = lex_get(p);

	if (c == ':') {
		part->colon = true;
		c = lex_get(p);
		if (c == '#' || c == '%')
			c = -1;
	}
	if (c < 0 || strchr("-=?+#%", c) == NULL) {
		parse_fail(p, "bad ${}");
		return;
	}
	part->op = c;
	if ((c == '#' || c == '%') && lex_peek(p) == c) {
		(void)lex_get(p);
		part->op = c == '#' ? PARAM_LONG_PREFIX : PARAM_LONG_SUFFIX;
	}
	/* Patterns are quoted anew within double quotes. */
	builder_init(p, &b);
	lex_parts(p, &b, '}', quoted && strchr("-=?+", c) != NULL);
	part->word = b.first;
}

/* After "${". */
static void
lex_braces(struct parser *p, struct part *part, bool quoted)
{
	part->text = lex_name(p, true);
	if (strcmp(part->text, "#") == 0 && lex_peek(p) != '}') {
		part->text = lex_name(p, true);
		part->op = PARAM_LENGTH;
	}
	if (part->text[0] == '\0') {
		parse_fail(p, "bad ${}");
		return;
	}
	if (lex_peek(p) == '}')
		(void)lex_get(p);
	else if (part->op == PARAM_LENGTH)
		parse_fail(p, "bad ${#}");
	else
		lex_operator(p, part, quoted);
}

/* After "$(". */
static void
lex_parenthesis(struct parser *p, struct part *part)
{
	struct builder b;

	if (lex_peek(p) != '(') {
		part->kind = PART_COMMAND;
		part->node = parse_substitution(p);
		return;
	}
	(void)lex_get(p);
	part->kind = PART_ARITH;
	builder_init(p, &b);
	lex_parts(p, &b, ')', true);
	part->word = b.first;
}

/* After "$". */
static void
lex_dollar(struct parser *p, struct builder *b, bool quoted)
{
	struct part *part = region_take(p->region, sizeof *part);
	int c = lex_peek(p);

	part->kind = PART_PARAM;
	part->quoted = quoted;
	if (c == '(') {
		(void)lex_get(p);
		lex_parenthesis(p, part);
	} else if (c == '{') {
		(void)lex_get(p);
		lex_braces(p, part, quoted);
	} else {
		part->text = lex_name(p, false);
		if (part->text[0] == '\0') {
			builder_add(p, b, '$', quoted);
			return;
		}
	}
	builder_flush(p, b);
	builder_append(b, part);
}

/* One character, taken already, and what belongs to it. */
static void
lex_part(struct parser *p, struct builder *b, int c, int end, bool quoted)
{
	struct part *part;

	if (c == '\\') {
		lex_escape(p, b, end, quoted);
	} else if (c == '\'' && !quoted) {
		lex_single(p, b);
	} else if (c == '"' && (!quoted || end == '}')) {
		lex_double(p, b);
	} else if (c == '$') {
		lex_dollar(p, b, quoted);
	} else if (c == '`') {
		part = part_text(p, NULL, quoted);
		part->kind = PART_COMMAND;
		part->node = lex_backquote(p, quoted);
		builder_flush(p, b);
		builder_append(b, part);
	} else {
		builder_add(p, b, c, quoted);
	}
}

/* Whether a closing parenthesis ends an expression. */
static bool
expression_ends(struct parser *p, int *level, int c)
{
	if (c == '(')
		++*level;
	if (c != ')' || --*level >= 0)
		return false;
	if (lex_peek(p) == ')')
		(void)lex_get(p);
	else
		parse_fail(p, "$(( without ))");
	return true;
}

/* Parts up to an end, which is taken unless it is that of a word. */
static void
lex_parts(struct parser *p, struct builder *b, int end, bool quoted)
{
	int c, level = 0;

	if (++p->depth > PARSE_DEPTH_MAX)
		parse_fail(p, "nested too deeply");
	while (!p->failed) {
		c = lex_peek(p);
		if (end == END_WORD && is_meta(c))
			break;
		(void)lex_get(p);
		if (c < 0 && end != END_TEXT)
			parse_fail(p,
			    end == '"' ? "\" without its end"
				       : "${ or $(( without its end");
		if (c < 0 || (c == end && end != ')'))
			break;
		if (end == ')' && expression_ends(p, &level, c))
			break;
		lex_part(p, b, c, end, quoted);
	}
	p->depth--;
	if (end != '"')
		builder_flush(p, b);
}

struct word *
lex_word(struct parser *p)
{
	struct word *w = region_take(p->region, sizeof *w);
	struct builder b;

	builder_init(p, &b);
	lex_parts(p, &b, END_WORD, false);
	w->parts = b.first;
	return w;
}

struct part *
lex_document(struct parser *p, const char *text)
{
	struct source *before = p->from, s;
	struct builder b;

	source_string(&s, text);
	s.name = before->name;
	s.line = before->line;
	p->from = &s;
	builder_init(p, &b);
	lex_parts(p, &b, END_TEXT, true);
	p->from = before;
	return b.first;
}

const char *
word_plain(const struct word *w)
{
	const struct part *part = w->parts;

	if (part == NULL || part->next != NULL || part->kind != PART_TEXT ||
	    part->quoted)
		return NULL;
	return part->text;
}
