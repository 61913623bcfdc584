/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * How far a long piece of work is: a line at once and one now and then where
 * nobody sees a terminal, one that is written over where somebody does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/report/ticker.h"

static char *out;
static size_t size;

static struct ticker
ticker(bool terminal, uint64_t every)
{
	struct ticker t = { .terminal = terminal, .every = every };

	t.to = open_memstream(&out, &size);
	assert_non_null(t.to);
	return t;
}

static void
expect(struct ticker *t, const char *all)
{
	fclose(t->to);
	assert_string_equal(out, all);
	free(out);
}

static void
test_a_file_gets_lines(void **state)
{
	struct ticker t = ticker(false, 0);

	(void)state;
	ticker_start(&t, "Booting");
	assert_true(ticker_due(&t));
	ticker_tell(&t, "%d of %d", 1, 2);
	ticker_wipe(&t); /* nothing to be wiped */
	expect(&t, "Booting.\n1 of 2.\n");
}

static void
test_they_are_few(void **state)
{
	struct ticker t = ticker(false, 3600000);

	(void)state;
	assert_true(ticker_due(&t));
	assert_false(ticker_due(&t)); /* somebody else's turn */
	ticker_start(&t, "Booting");
	assert_false(ticker_due(&t));
	expect(&t, "Booting.\n");
}

static void
test_a_terminal_has_one(void **state)
{
	struct ticker t = ticker(true, 0);
	char wiped[200];

	(void)state;
	ticker_start(&t, "Booting");
	ticker_tell(&t, "1 of 2");
	ticker_wipe(&t);
	ticker_wipe(&t);
	snprintf(wiped, sizeof wiped, "\rBooting\r%-78s\r%78s\r", "1 of 2", "");
	expect(&t, wiped);
}

static void
test_a_long_line_does_not_wrap(void **state)
{
	struct ticker t = ticker(true, 0);
	char line[200], shown[100];

	(void)state;
	memset(line, 'x', sizeof line - 1);
	line[sizeof line - 1] = '\0';
	ticker_start(&t, line);
	snprintf(shown, sizeof shown, "\r%.78s", line);
	expect(&t, shown);
}

static void
test_one_that_is_not_wanted_is_silent(void **state)
{
	struct ticker t;

	(void)state;
	ticker_init(&t, false);
	ticker_start(&t, "Booting");
	assert_false(ticker_due(&t));
	ticker_tell(&t, "1 of 2");
	ticker_wipe(&t);
	ticker_init(&t, true);
	assert_ptr_equal(t.to, stderr);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_file_gets_lines),
		cmocka_unit_test(test_they_are_few),
		cmocka_unit_test(test_a_terminal_has_one),
		cmocka_unit_test(test_a_long_line_does_not_wrap),
		cmocka_unit_test(test_one_that_is_not_wanted_is_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
