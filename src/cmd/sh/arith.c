/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Arithmetic: the operators of C on long, by precedence climbing. Overflow
 * wraps round. A part that C would not evaluate is read, but neither assigns
 * nor divides.
 */
#include <limits.h>
#include <string.h>

#include "cmd/sh/expand.h"
#include "cmd/sh/parse.h"
#include "cmd/sh/var.h"

struct arith {
	const char *next;
	int depth;
	int skipped; /**< constructs around that are not evaluated */
	bool failed;
};

/** Operators with two sides, longer ones before their beginnings. */
static const struct {
	char text[3];
	unsigned char level; /**< higher binds closer */
	char does;           /**< what apply() takes */
} operators[] = {
	{ "||", 1, 'o' },
	{ "&&", 2, 'a' },
	{ "==", 6, '=' },
	{ "!=", 6, '!' },
	{ "<=", 7, 'l' },
	{ ">=", 7, 'g' },
	{ "<<", 8, 'L' },
	{ ">>", 8, 'R' },
	{ "|", 3, '|' },
	{ "^", 4, '^' },
	{ "&", 5, '&' },
	{ "<", 7, '<' },
	{ ">", 7, '>' },
	{ "+", 9, '+' },
	{ "-", 9, '-' },
	{ "*", 10, '*' },
	{ "/", 10, '/' },
	{ "%", 10, '%' },
};

static long expression(struct arith *a);

static void
fail(struct arith *a, const char *reason)
{
	if (!a->failed)
		sh_abort("arithmetic", reason);
	a->failed = true;
}

static char
peek(struct arith *a)
{
	while (*a->next == ' ' || *a->next == '\t' || *a->next == '\n')
		a->next++;
	return *a->next;
}

static long
divide(struct arith *a, char op, long x, long y)
{
	if (a->skipped > 0)
		return 0;
	if (y == 0) {
		fail(a, "division by zero");
		return 0;
	}
	if (y == -1)
		return op == '/' ? (long)(0 - (unsigned long)x) : 0;
	return op == '/' ? x / y : x % y;
}

static long
apply(struct arith *a, char op, long x, long y)
{
	unsigned long u = (unsigned long)x, v = (unsigned long)y;
	unsigned long bits = v % (sizeof v * CHAR_BIT);

	switch (op) {
	case 'o':
		return x != 0 || y != 0;
	case 'a':
		return x != 0 && y != 0;
	case '|':
		return x | y;
	case '^':
		return x ^ y;
	case '&':
		return x & y;
	case '=':
		return x == y;
	case '!':
		return x != y;
	case '<':
		return x < y;
	case '>':
		return x > y;
	case 'l':
		return x <= y;
	case 'g':
		return x >= y;
	case 'L':
		return (long)(u << bits);
	case 'R':
		return x >> bits;
	case '+':
		return (long)(u + v);
	case '-':
		return (long)(u - v);
	case '*':
		return (long)(u * v);
	default:
		return divide(a, op, x, y);
	}
}

static long
constant(struct arith *a)
{
	unsigned long n = 0, base = 10, digit;
	char c;

	if (a->next[0] == '0') {
		base = (a->next[1] | 0x20) == 'x' ? 16 : 8;
		a->next += base == 16 ? 2 : 1;
	}
	for (;; a->next++) {
		c = *a->next;
		if (c >= '0' && c <= '9')
			digit = (unsigned long)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
			digit = (unsigned long)((c | 0x20) - 'a') + 10;
		else
			break;
		if (digit >= base) {
			fail(a, "bad number");
			break;
		}
		n = n * base + digit;
	}
	return (long)n;
}

/* A variable's value: a number, else 0 with a complaint. */
static long
variable_value(struct arith *a, const char *name)
{
	struct arith sub = { .next = "" };
	const char *value = var_get(name);
	bool minus;
	long n;

	if (value == NULL || *value == '\0') {
		if (value == NULL && sh.opt[OPT_U] && a->skipped == 0)
			sh_abort(name, "not set");
		return 0;
	}
	sub.next = value;
	minus = peek(&sub) == '-';
	if (minus || *sub.next == '+')
		sub.next++;
	n = *sub.next >= '0' && *sub.next <= '9' ? constant(&sub) : 0;
	if (peek(&sub) != '\0')
		fail(a, "a variable is no number");
	a->failed |= sub.failed;
	return minus ? (long)(0 - (unsigned long)n) : n;
}

/* NAME, NAME = value, NAME += value, ... */
static long
variable(struct arith *a)
{
	const char *begin = a->next;
	struct text name, digits;
	size_t n = 0;
	long x;
	char op;

	while (is_name(begin, n + 1) && begin[n] != '\0')
		n++;
	a->next += n;
	text_init(&name, &sh.now);
	while (n-- > 0)
		text_add(&name, *begin++);
	(void)text_end(&name);
	op = peek(a);
	if (op == '=' && a->next[1] != '=') {
		a->next++;
		x = expression(a);
	} else if (op != '\0' && strchr("+-*/%&|^", op) != NULL &&
	    a->next[1] == '=') {
		a->next += 2;
		x = variable_value(a, name.s);
		x = apply(a, op, x, expression(a));
	} else {
		return variable_value(a, name.s);
	}
	if (a->skipped == 0 && !a->failed) {
		text_init(&digits, &sh.now);
		text_number(&digits, x);
		(void)var_set(name.s, text_end(&digits)); /* complains */
	}
	return x;
}

static long
unary(struct arith *a)
{
	char c = peek(a);
	long x = 0;

	if (++a->depth > PARSE_DEPTH_MAX) {
		fail(a, "nested too deeply");
	} else if (c == '-' || c == '+' || c == '!' || c == '~') {
		a->next++;
		x = unary(a);
		if (c == '-')
			x = (long)(0 - (unsigned long)x);
		else if (c == '!')
			x = x == 0;
		else if (c == '~')
			x = ~x;
	} else if (c == '(') {
		a->next++;
		x = expression(a);
		if (peek(a) != ')')
			fail(a, "a parenthesis is missing");
		else
			a->next++;
	} else if (c >= '0' && c <= '9') {
		x = constant(a);
	} else if (c != '\0' && is_name(a->next, 1)) {
		x = variable(a);
	} else {
		fail(a, "a value is missing");
	}
	a->depth--;
	return x;
}

/* The operator next, if it binds at least so closely; else -1. */
static int
operator_at(struct arith *a, int level)
{
	size_t i;

	(void)peek(a);
	for (i = 0; i < sizeof operators / sizeof operators[0]; i++) {
		if (strncmp(a->next, operators[i].text,
			strlen(operators[i].text)) == 0)
			return operators[i].level >= level ? (int)i : -1;
	}
	return -1;
}

static long
binary(struct arith *a, int level)
{
	long x = unary(a), y;
	bool decided;
	int i;
	char op;

	while (!a->failed && (i = operator_at(a, level)) >= 0) {
		a->next += strlen(operators[i].text);
		op = operators[i].does;
		decided = (op == 'a' && x == 0) || (op == 'o' && x != 0);
		a->skipped += decided;
		y = binary(a, operators[i].level + 1);
		a->skipped -= decided;
		x = apply(a, op, x, y);
	}
	return x;
}

static long
expression(struct arith *a)
{
	long x, y, z;

	if (++a->depth > PARSE_DEPTH_MAX)
		fail(a, "nested too deeply");
	x = a->failed ? 0 : binary(a, 1);
	if (!a->failed && peek(a) == '?') {
		a->next++;
		a->skipped += x == 0;
		y = expression(a);
		a->skipped -= x == 0;
		if (peek(a) == ':')
			a->next++;
		else
			fail(a, "a : is missing");
		a->skipped += x != 0;
		z = expression(a);
		a->skipped -= x != 0;
		x = x != 0 ? y : z;
	}
	a->depth--;
	return x;
}

long
arith(const char *text)
{
	struct arith a = { .next = text };
	long x;

	if (peek(&a) == '\0')
		return 0;
	x = expression(&a);
	if (!a.failed && peek(&a) != '\0')
		fail(&a, "an operator is missing");
	return a.failed ? 0 : x;
}
