/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Text from outside cannot command a terminal, nor look like ours. Proves E3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/base/quote.h"

static void
expect(const char *s, const char *wanted)
{
	char *q = quote(s);

	assert_string_equal(q, wanted);
	free(q);
}

static void
test_what_can_be_seen_stays(void **state)
{
	(void)state;
	expect("", "");
	expect("src/servers/ds/store.c", "src/servers/ds/store.c");
	expect("a\tb", "a\tb");
	expect("Gr\xc3\xb6\xc3\x9f"
	       "e \xe2\x82\xac \xf0\x9f\x98\x80",
	    "Gr\xc3\xb6\xc3\x9f"
	    "e \xe2\x82\xac \xf0\x9f\x98\x80");
	expect("a\\b", "a\\b");
}

static void
test_controls_are_named(void **state)
{
	(void)state;
	expect("a\nb", "a\\nb");
	expect("\033[2J", "\\x1b[2J");
	expect("\a\b\r\177", "\\x07\\x08\\x0d\\x7f");
	expect("\xc2\x9b"
	       "2J",
	    "\\u009b2J"); /* ESC [ in one character */
}

static void
test_what_turns_or_hides_text_is_named(void **state)
{
	(void)state;
	expect("\xe2\x80\xae"
	       "c.erots",
	    "\\u202ec.erots");
	expect("a\xe2\x80\x8b"
	       "b",
	    "a\\u200bb");
	expect("\xe2\x80\xa8x", "\\u2028x");
	expect("\xef\xbb\xbfx", "\\ufeffx");
	expect("\xf3\xa0\x81\x81", "\\ue0041");
}

static void
test_what_is_no_utf8_is_bytes(void **state)
{
	(void)state;
	expect("\xe4.c", "\\xe4.c");
	expect("\xe2\x82", "\\xe2\\x82");
	expect("\xc0\x80", "\\xc0\\x80"); /* a NUL, too long */
	expect("\xed\xa0\x80", "\\ud800");
	expect("\xf7\xbf\xbf\xbf", "\\xf7\\xbf\\xbf\\xbf");
	expect("\xff\xfe", "\\xff\\xfe");
}

/* Every pair of bytes: what comes out is printable, and never empty. */
static void
test_any_bytes_become_printable(void **state)
{
	unsigned int a, b, i;
	char in[3] = { 0 }, *q;

	(void)state;
	for (a = 1; a < 256; a++)
		for (b = 1; b < 256; b++) {
			in[0] = (char)a;
			in[1] = (char)b;
			q = quote(in);
			assert_true(strlen(q) >= 2);
			for (i = 0; q[i] != '\0'; i++)
				assert_true(
				    (unsigned char)q[i] >= ' ' || q[i] == '\t');
			assert_null(strchr(q, 0x7F));
			free(q);
		}
}

static void
test_each_line_is_behind_the_indent(void **state)
{
	char *q = quote_lines("one\n\033two\nScore: 100/100", "  | ");

	(void)state;
	assert_string_equal(q, "  | one\n  | \\x1btwo\n  | Score: 100/100\n");
	free(q);
	q = quote_lines("", "  | ");
	assert_string_equal(q, "");
	free(q);
	q = quote_lines("a\n\nb\n", "  | ");
	assert_string_equal(q, "  | a\n  | \n  | b\n");
	free(q);
	q = quote_lines("a\rScore: 100/100\v\f", "> ");
	assert_string_equal(q, "> a\\x0dScore: 100/100\\x0b\\x0c\n");
	free(q);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_can_be_seen_stays),
		cmocka_unit_test(test_controls_are_named),
		cmocka_unit_test(test_what_turns_or_hides_text_is_named),
		cmocka_unit_test(test_what_is_no_utf8_is_bytes),
		cmocka_unit_test(test_any_bytes_become_printable),
		cmocka_unit_test(test_each_line_is_behind_the_indent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
