/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Parameters: $x, $1, $?, and what braces do to them.
 */
#include <string.h>

#include "cmd/sh/expand.h"
#include "cmd/sh/var.h"

/* The arguments, with one character between them. */
static const char *
joined(char between)
{
	struct text t;
	int i;

	text_init(&t, &sh.now);
	for (i = 0; i < sh.argc; i++) {
		if (i > 0 && between != '\0')
			text_add(&t, between);
		text_puts(&t, sh.argv[i]);
	}
	return text_end(&t);
}

static const char *
number(long n)
{
	struct text t;

	text_init(&t, &sh.now);
	text_number(&t, n);
	return text_end(&t);
}

static const char *
options(void)
{
	struct text t;
	int i;

	text_init(&t, &sh.now);
	for (i = 0; SHELL_OPTIONS[i] != '\0'; i++) {
		if (sh.opt[i])
			text_add(&t, SHELL_OPTIONS[i]);
	}
	if (sh.interactive)
		text_add(&t, 'i');
	return text_end(&t);
}

/* $0, $1, ... */
static const char *
argument(const char *name)
{
	int n = 0;

	for (; *name != '\0' && n <= sh.argc; name++)
		n = n * 10 + (*name - '0');
	if (n == 0)
		return sh.name;
	return n <= sh.argc ? sh.argv[n - 1] : NULL;
}

const char *
param_value(const char *name)
{
	const char *ifs;

	switch (name[0]) {
	case '@':
		return sh.argc > 0 ? joined(' ') : NULL;
	case '*':
		ifs = var_get("IFS");
		if (sh.argc == 0)
			return NULL;
		return joined((char)(ifs != NULL ? ifs[0] : ' '));
	case '#':
		return number(sh.argc);
	case '?':
		return number(sh.status);
	case '$':
		return number(sh.pid);
	case '!':
		return sh.background != 0 ? number(sh.background) : NULL;
	case '-':
		return options();
	default:
		break;
	}
	if (name[0] >= '0' && name[0] <= '9')
		return argument(name);
	return var_get(name);
}

/* $@ and, when it is not quoted, $*: a field for each argument. */
static void
expand_arguments(struct expansion *x, bool quoted)
{
	int i;

	for (i = 0; i < sh.argc; i++) {
		if (i > 0)
			expansion_mark(x, MARK_BREAK);
		if (quoted)
			expansion_mark(x, MARK_HERE);
		expansion_puts(x, sh.argv[i],
		    quoted ? MARK_QUOTED : MARK_SPLIT);
	}
}

/* The value without the shortest or longest match at one of its ends. */
static const char *
trimmed(const char *value, const char *pattern, int op)
{
	size_t n = strlen(value), i, cut;
	char *copy = region_copy(&sh.now, value);
	bool prefix = op == '#' || op == PARAM_LONG_PREFIX;
	bool shortest = op == '#' || op == '%';

	for (i = 0; i <= n; i++) {
		cut = shortest == prefix ? i : n - i;
		if (prefix) {
			copy[cut] = '\0';
			if (match(pattern, copy))
				return value + cut;
			copy[cut] = value[cut];
		} else if (match(pattern, copy + cut)) {
			copy[cut] = '\0';
			return copy;
		}
	}
	return value;
}

static void
put_value(struct expansion *x, const struct part *part, const char *value)
{
	if (part->quoted)
		expansion_mark(x, MARK_HERE);
	if (value != NULL)
		expansion_puts(x, value,
		    part->quoted ? MARK_QUOTED : MARK_SPLIT);
}

/* ${x=word}: the value, for x as well. */
static const char *
assigned(const struct part *part)
{
	const char *value = expand_string(part->word);

	if ((part->text[0] >= '0' && part->text[0] <= '9') ||
	    strchr("@*#?-$!", part->text[0]) != NULL) {
		sh_abort(part->text, "cannot be assigned to");
		return "";
	}
	(void)var_set(part->text, value); /* complains and leaves itself */
	return value;
}

/* -, =, ? and +: what to do when there is no value. */
static void
expand_default(struct expansion *x, const struct part *part, const char *value)
{
	bool unset = value == NULL || (part->colon && *value == '\0');

	if (part->op == '+' ? unset : !unset) {
		put_value(x, part, part->op == '+' ? NULL : value);
	} else if (part->op == '=') {
		put_value(x, part, assigned(part));
	} else if (part->op == '?') {
		value = expand_string(part->word);
		sh_abort(part->text, *value != '\0' ? value : "not set");
	} else {
		if (part->quoted)
			expansion_mark(x, MARK_HERE);
		expand_parts(x, part->word, MARK_SPLIT);
	}
}

void
expand_param(struct expansion *x, const struct part *part)
{
	bool all = strcmp(part->text, "@") == 0 ||
	    (strcmp(part->text, "*") == 0 && !part->quoted);
	const char *value;

	if (all && part->op == 0) {
		expand_arguments(x, part->quoted);
		return;
	}
	value = param_value(part->text);
	if (part->op == '-' || part->op == '=' || part->op == '?' ||
	    part->op == '+') {
		if (all && value != NULL && part->op != '+')
			expand_arguments(x, part->quoted);
		else
			expand_default(x, part, value);
		return;
	}
	if (value == NULL && sh.opt[OPT_U] &&
	    strchr("@*", part->text[0]) == NULL) {
		sh_abort(part->text, "not set");
		return;
	}
	if (value == NULL)
		value = "";
	if (part->op == PARAM_LENGTH)
		value = number((long)strlen(value));
	else if (part->op != 0)
		value = trimmed(value, expand_pattern(part->word), part->op);
	put_value(x, part, value);
}
