/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * expr: compute with numbers, compare texts.
 */
#include <stdlib.h>
#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define DEPTH_MAX 64 /* parentheses */

/** A value: a text, or a number in decimal. */
struct value {
	const char *text; /**< NULL: a number */
	long n;
};

static char **next;
static int depth;

static struct value lowest(void);

static _Noreturn void
wrong(const char *what)
{
	cmd_warnx(what, "makes no sense here");
	exit(2);
}

static bool
is_number(const struct value *v, long *n)
{
	bool minus;

	*n = v->n;
	if (v->text == NULL)
		return true;
	minus = v->text[0] == '-';
	if (cmd_number(v->text + minus, n) != 0)
		return false;
	if (minus)
		*n = -*n;
	return true;
}

static long
number(struct value v)
{
	long n;

	if (!is_number(&v, &n))
		wrong(v.text);
	return n;
}

static bool
is_true(const struct value *v)
{
	long n;

	return is_number(v, &n) ? n != 0 : v->text[0] != '\0';
}

static struct value
of(long n)
{
	return (struct value){ NULL, n };
}

static struct value
primary(void)
{
	struct value v = { *next, 0 };

	if (*next == NULL || ++depth > DEPTH_MAX)
		wrong(*next != NULL ? *next : "end");
	next++;
	if (strcmp(v.text, "(") == 0) {
		v = lowest();
		if (*next == NULL || strcmp(*next, ")") != 0)
			wrong("(");
		next++;
	}
	depth--;
	return v;
}

/* The next word, if it is one of these operators of one or two letters. */
static const char *
operator(const char *const ops[])
{
	for (; *ops != NULL; ops++) {
		if (*next != NULL && strcmp(*next, *ops) == 0) {
			next++;
			return *ops;
		}
	}
	return NULL;
}

static struct value
product(void)
{
	static const char *const ops[] = { "*", "/", "%", NULL };
	struct value v = primary();
	const char *op;
	long x, y;

	while ((op = operator(ops)) != NULL) {
		x = number(v);
		y = number(primary());
		if (*op != '*' && y == 0)
			wrong("division by zero");
		if (*op == '*')
			v = of((long)((unsigned long)x * (unsigned long)y));
		else if (y == -1)
			v = of(*op == '/' ? (long)(0 - (unsigned long)x) : 0);
		else
			v = of(*op == '/' ? x / y : x % y);
	}
	return v;
}

static struct value
sum(void)
{
	static const char *const ops[] = { "+", "-", NULL };
	struct value v = product();
	unsigned long x, y;
	const char *op;

	while ((op = operator(ops)) != NULL) {
		x = (unsigned long)number(v);
		y = (unsigned long)number(product());
		v = of((long)(*op == '+' ? x + y : x - y));
	}
	return v;
}

static int
compare(const struct value *a, const struct value *b)
{
	long x, y;

	if (is_number(a, &x) && is_number(b, &y))
		return (x > y) - (x < y);
	if (a->text == NULL || b->text == NULL)
		return a->text == NULL ? -1 : 1;
	return strcmp(a->text, b->text);
}

static struct value
comparison(void)
{
	static const char *const ops[] = { "=", "!=", "<", "<=", ">",
		">=", NULL };
	struct value v = sum(), w;
	const char *op;
	int r;

	while ((op = operator(ops)) != NULL) {
		w = sum();
		r = compare(&v, &w);
		if (*op == '=')
			v = of(r == 0);
		else if (*op == '!')
			v = of(r != 0);
		else if (*op == '<')
			v = of(op[1] == '=' ? r <= 0 : r < 0);
		else
			v = of(op[1] == '=' ? r >= 0 : r > 0);
	}
	return v;
}

static struct value
both(void)
{
	static const char *const ops[] = { "&", NULL };
	struct value v = comparison(), w;

	while (operator(ops) != NULL) {
		w = comparison();
		if (!is_true(&v) || !is_true(&w))
			v = of(0);
	}
	return v;
}

static struct value
lowest(void)
{
	static const char *const ops[] = { "|", NULL };
	struct value v = both(), w;

	while (operator(ops) != NULL) {
		w = both();
		if (!is_true(&v))
			v = w;
	}
	return v;
}

int
main(int argc, char *argv[])
{
	struct value v;

	cmd_init(argv,
	    "expr EXPRESSION\n"
	    "Compute: | & = != < <= > >= + - * / % ( ), each a word. "
	    "Status 0 if the result is neither 0 nor empty, else 1; "
	    "2 after an error.\n");
	cmd_skip_dashes(&argc, &argv);
	if (argc < 2)
		cmd_usage();
	next = argv + 1;
	v = lowest();
	if (*next != NULL)
		wrong(*next);
	if (v.text != NULL)
		cmd_outs(v.text);
	else
		cmd_out_number(v.n, 0);
	cmd_outc('\n');
	return !is_true(&v);
}
