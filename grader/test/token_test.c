/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Tokens, keys and shingles. Proves E2, E3.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/base/base.h"
#include "grader/command/key.h"
#include "grader/command/token.h"
#include "grader/stage/leak.h"

static void
test_a_token_survives_the_way_there_and_back(void **state)
{
	static const char *const only[] = { "", "publish-u32",
		"publish-str,publish-u32" };
	struct token t = { "ds", "publish-u32", 3, { 1, 2, 255 }, "12345678",
		"0123abcd", "deadbeef", NULL },
		     back;
	char *s, *again;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		t.only = text("%s", only[i]);
		s = token_text(&t);
		assert_int_equal(token_parse(s, &back), 0);
		assert_string_equal(back.only, only[i]);
		free(back.only);
		back.only = t.only;
		again = token_text(&back);
		assert_string_equal(again, s);
		assert_memory_equal(back.nonce, t.nonce, NONCE_SIZE);
		assert_int_equal(back.seed, t.seed);
		free(again);
		free(t.only);
		s[strlen(s) - 1] = '\0';
		assert_int_equal(token_parse(s, &back), -EINVAL);
		free(s);
	}
	assert_int_equal(token_parse("ds.x.1.00.ab.cd.ef", &back), -EINVAL);
	assert_int_equal(token_parse("", &back), -EINVAL);
}

/* 16 bytes are a key, 15 are none, whatever blanks are around them. */
static void
test_a_key_that_is_no_secret_is_refused(void **state)
{
	static const struct {
		const char *key;
		size_t n;
		const char *fault;
	} cases[] = {
		{ "", 0, "is empty" },
		{ "\n", 1, "is empty" },
		{ " \t\r\n                        ", 28, "is empty" },
		{ "0123456789abcde\n", 16, "is shorter" },
		{ "  0123456789abcde", 17, "is shorter" },
		{ "0123456789abcdef", 16, NULL },
		{ " 0123456789abcdef\n", 18, NULL },
		{ "0123456789abcdef\0ghijklmnop", 27, "holds a byte 0" },
	};

	const char *fault;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		fault = key_fault(cases[i].key, cases[i].n);
		assert_true((fault == NULL) == (cases[i].fault == NULL));
		if (fault != NULL)
			assert_non_null(strstr(fault, cases[i].fault));
	}
}

static void
test_only_whole_words_are_in_a_list(void **state)
{
	static const struct {
		const char *list, *word;
		bool has;
	} cases[] = {
		{ "a", "a", true },
		{ "a,bc,d", "a", true },
		{ "a,bc,d", "bc", true },
		{ "a,bc,d", "d", true },
		{ "a,bc,d", "b", false },
		{ "a,bc,d", "c", false },
		{ "a,bc,d", "bcd", false },
		{ "", "a", false },
		{ "ab,", "a", false },
	};

	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(list_has(cases[i].list, cases[i].word),
		    cases[i].has);
}

static void
test_code_is_found_whatever_its_layout(void **state)
{
	static const char code[] = "if (slot == NULL)\n\treturn -ENOMEM;\n"
				   "slot->used = true;\n";
	static const char again[] = "x(); if(slot==NULL){}\n"
				    "if( slot == /* here */ NULL ) return - "
				    "ENOMEM ; slot -> used = true ; y();";
	static const char other[] = "if (slot == NULL)\n\treturn -EINVAL;\n"
				    "slot->owner = true;\n";
	struct shingles s = { 0 };

	(void)state;
	shingles_add(&s, code, sizeof code - 1);
	shingles_sort(&s);
	assert_true(shingles_hits(&s, again, sizeof again - 1) > 0);
	assert_int_equal(shingles_hits(&s, other, sizeof other - 1), 0);
	shingles_free(&s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_token_survives_the_way_there_and_back),
		cmocka_unit_test(test_a_key_that_is_no_secret_is_refused),
		cmocka_unit_test(test_only_whole_words_are_in_a_list),
		cmocka_unit_test(test_code_is_found_whatever_its_layout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
