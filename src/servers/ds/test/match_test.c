/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Regular expressions over keys. Proves: A7, B9 (the matching). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/ds/match.h"

/* Does text match s? An expression that is none fails the test. */
static bool
matches(const char *text, const char *s)
{
	struct matcher m;

	assert_int_equal(match_compile(&m, text), 0);
	return match_whole(&m, s);
}

static void
test_whole_key_is_matched(void **state)
{
	(void)state;
	assert_true(matches("test", "test"));
	assert_false(matches("test", "mytest"));
	assert_false(matches("test", "test2"));
	assert_false(matches("test", ""));
}

static void
test_operators_repeat_and_choose(void **state)
{
	(void)state;
	assert_true(matches("drv\\.vfs\\..*", "drv.vfs.tty"));
	assert_false(matches("drv\\.vfs\\..*", "drvxvfs.tty"));
	assert_true(matches("ab*c", "ac"));
	assert_true(matches("ab*c", "abbbc"));
	assert_false(matches("ab+c", "ac"));
	assert_true(matches("ab?c", "abc"));
	assert_false(matches("ab?c", "abbc"));
	assert_true(matches("(ab|cd)+e", "ababcde"));
	assert_false(matches("(ab|cd)+e", "abae"));
	assert_true(matches("a|b|c", "b"));
	assert_true(matches("(a*)*", "aaaa"));
	assert_true(matches("(a|b*)?x", "bbx"));
}

static void
test_sets_hold_ranges(void **state)
{
	(void)state;
	assert_true(matches("[a-z]+[0-9]", "key7"));
	assert_false(matches("[^a-z]", "k"));
	assert_true(matches("[]x-]+", "]-x"));
	assert_true(matches("[^]]", "a"));
}

static void
test_bad_expressions_are_refused(void **state)
{
	static const char *const bad[] = { "", "*", "a||b", "(a", "a)", "[a",
		"[]", "a\\", "()", "|a", "a|", "(*a)" };
	struct matcher m;
	char longest[MATCH_TEXT_MAX + 1] = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_not_equal(match_compile(&m, bad[i]), 0);
	for (i = 0; i < MATCH_TEXT_MAX; i++)
		longest[i] = 'a';
	assert_int_not_equal(match_compile(&m, longest), 0);
	longest[MATCH_TEXT_MAX - 1] = '\0';
	assert_true(matches(longest, longest));
}

static void
test_no_expression_is_slow(void **state)
{
	(void)state;
	assert_false(matches("(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*b",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"));
	assert_true(matches("((((((((((((((((((a))))))))))))))))))*", "aaa"));
	assert_true(matches("a?*+?*+?*+?*+?*+?*+?*+?*+?*+?*+", "aa"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_key_is_matched),
		cmocka_unit_test(test_operators_repeat_and_choose),
		cmocka_unit_test(test_sets_hold_ranges),
		cmocka_unit_test(test_bad_expressions_are_refused),
		cmocka_unit_test(test_no_expression_is_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
