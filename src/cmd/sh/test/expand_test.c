/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The shell's expansions: fields, patterns, arithmetic. Proves: E1 (a
 * shell to boot to). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/sh/expand.h"
#include "cmd/sh/test/fake.h"
#include "cmd/sh/var.h"

static struct region region;
static const struct mark empty;

/* Expand the words of a command to "[a][b]". */
static void
check(const char *text, const char *fields)
{
	struct node *n;
	struct text t;
	char **v;
	int i, count;

	assert_true(fake_parse(text, &region, &n));
	sh.leave = LEAVE_NOT;
	text_init(&t, &region);
	v = expand_words(n->words, &count);
	for (i = 1; i < count; i++) {
		text_add(&t, '[');
		text_puts(&t, v[i]);
		text_add(&t, ']');
	}
	if (sh.leave != LEAVE_NOT)
		text_puts(&t, "error");
	assert_string_equal(text_end(&t), fields);
	region_release(&region, empty);
	region_release(&sh.now, empty);
}

static void
arguments(int n, ...)
{
	static char *v[8];
	va_list ap;
	int i;

	va_start(ap, n);
	for (i = 0; i < n; i++)
		v[i] = va_arg(ap, char *);
	va_end(ap);
	sh.argc = n;
	sh.argv = v;
}

static void
test_parameters(void **state)
{
	(void)state;
	(void)var_set("x", "a b");
	(void)var_set("e", "");
	check(": $x \"$x\"", "[a][b][a b]");
	check(": $e \"$e\" $none", "[]");
	check(": ${x-d} ${e-d} ${e:-d} ${none-d}", "[a][b][d][d]");
	check(": ${x+y} ${e:+y}", "[y]");
	check(": ${new=v w} $new", "[v][w][v][w]");
	check(": ${#x} ${#none}", "[3][0]");
	check(": ${none?gone}", "error");
	assert_string_equal(fake_complaint, "none: gone");
}

static void
test_patterns_cut(void **state)
{
	(void)state;
	(void)var_set("p", "/a/b.c.d");
	check(": ${p#*/} ${p##*/} ${p%.*} ${p%%.*}",
	    "[a/b.c.d][b.c.d][/a/b.c][/a/b]");
	check(": ${p%x} ${p##*}", "[/a/b.c.d]");
}

static void
test_arguments(void **state)
{
	(void)state;
	arguments(3, "a b", "", "c");
	check(": \"$@\"", "[a b][][c]");
	check(": $@", "[a][b][c]");
	check(": \"x$@y\"", "[xa b][][cy]");
	check(": \"$*\" $#", "[a b  c][3]");
	check(": $2 \"$2\" $3 ${10}", "[][c]");
	arguments(0);
	check(": \"$@\" $@ \"$*\"", "[]");
	check(": x\"$@\"", "[x]");
}

static void
test_fields_are_cut_at_ifs(void **state)
{
	(void)state;
	(void)var_set("v", " a  b ");
	check(": $v", "[a][b]");
	check(": x$v\"y\"", "[x][a][b][y]");
	(void)var_set("IFS", ":");
	(void)var_set("v", ":a::b:");
	check(": $v", "[][a][][b]");
	(void)var_set("IFS", ": ");
	(void)var_set("v", "a : b  c");
	check(": $v", "[a][b][c]");
	(void)var_set("IFS", "");
	check(": $v", "[a : b  c]");
	(void)var_unset("IFS");
}

static void
test_substitution(void **state)
{
	(void)state;
	check(": $(word) `word` \"$(word)\"", "[word][word][word]");
	check(": $() \"$()\"", "[]");
}

static void
compute(const char *text, long value)
{
	sh.leave = LEAVE_NOT;
	assert_int_equal(arith(text), value);
	assert_int_equal(sh.leave, LEAVE_NOT);
	region_release(&sh.now, empty);
}

static void
test_arithmetic(void **state)
{
	(void)state;
	(void)var_set("n", "5");
	compute("", 0);
	compute("1+2*3", 7);
	compute("(1+2)*3", 9);
	compute("10-4-3", 3);
	compute("-2 - -3", 1);
	compute("!0 + ~0", 0);
	compute("7/2*2+7%2", 7);
	compute("1<2 == 2>1", 1);
	compute("1 ? 2 : 3 ? 4 : 5", 2);
	compute("0 ? 1 : 0 ? 4 : 5", 5);
	compute("n + none", 5);
	compute("n = n + 1", 6);
	compute("n *= 2", 12);
	compute("0 && (n = 1)", 0);
	compute("1 || 1/0", 1);
	compute("n", 12);
	compute("0x1F + 017", 46);
	compute("1 << 4 >> 2", 4);
}

static void
test_arithmetic_refuses(void **state)
{
	static const char *const texts[] = { "1+", "1/0", "1%0", "(1", "1)",
		"1 2", "09", "?", "1 ? 2", "$", "a b", "1 = 2", "0x1G" };
	size_t i;
	char deep[500];

	(void)state;
	for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		sh.leave = LEAVE_NOT;
		(void)arith(texts[i]);
		if (sh.leave == LEAVE_NOT)
			fail_msg("%s: accepted", texts[i]);
	}
	memset(deep, '(', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	sh.leave = LEAVE_NOT;
	(void)arith(deep);
	assert_int_not_equal(sh.leave, LEAVE_NOT);
	memset(deep, '-', sizeof deep - 1);
	sh.leave = LEAVE_NOT;
	(void)arith(deep);
	assert_int_not_equal(sh.leave, LEAVE_NOT);
	sh.leave = LEAVE_NOT;
	region_release(&sh.now, empty);
}

static void
test_matching(void **state)
{
	(void)state;
	assert_true(match("", ""));
	assert_true(match("*", ""));
	assert_true(match("a*c", "abbc"));
	assert_true(match("?b", "ab"));
	assert_true(match("[a-c]x", "bx"));
	assert_true(match("[!a-c]x", "dx"));
	assert_true(match("[]]", "]"));
	assert_true(match("[", "["));
	assert_true(match("\\*", "*"));
	assert_true(match("[\\]a]", "]"));
	assert_false(match("\\*", "a"));
	assert_false(match("a*c", "abd"));
	assert_false(match("?", ""));
	assert_false(match("[a]", ""));
	assert_false(match("a", "ab"));
	assert_false(match("*a*a*a*a*a*a*a*a*b",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

static void
test_files(void **state)
{
	FILE *f;

	(void)state;
	f = fopen("expand_test.tmp", "w");
	assert_non_null(f);
	fclose(f);
	check(": expand_test.t*", "[expand_test.tmp]");
	check(": 'expand_test.t'*", "[expand_test.tmp]");
	check(": expand_test.t'*'", "[expand_test.t*]");
	check(": ./expand_tes[s-u].tmp", "[./expand_test.tmp]");
	check(": no_such_*", "[no_such_*]");
	sh.opt[OPT_F] = true;
	check(": expand_test.t*", "[expand_test.t*]");
	sh.opt[OPT_F] = false;
	remove("expand_test.tmp");
	(void)var_set("HOME", "/h*me");
	check(": ~ ~/x a~ '~'", "[/h*me][/h*me/x][a~][~]");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parameters),
		cmocka_unit_test(test_patterns_cut),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_fields_are_cut_at_ifs),
		cmocka_unit_test(test_substitution),
		cmocka_unit_test(test_arithmetic),
		cmocka_unit_test(test_arithmetic_refuses),
		cmocka_unit_test(test_matching),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
