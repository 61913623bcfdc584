/* SPDX-License-Identifier: BSD-2-Clause */
/** @file How a machine ended, against how it should. Proves E3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/judge/ending.h"

#define IPS 1000u

static char first[] = "before: c", second[] = "a one", third[] = "b two",
	    fourth[] = "a three", a[] = "a", b[] = "b", one[] = "one",
	    before[] = "before", last[] = "two", name[] = RUNNER,
	    shown[] = "end of them";
static char *lines[] = { first, second, third, fourth };
static char *a_then_b[] = { a, b }, *b_then_one[] = { b, one },
	    *twice[] = { a, a, a }, *old[] = { before }, *two[] = { last };

/* A run whose last record came at 5,000, with the lines behind the first. */
static struct stream runner = { .test = name, .last = 5000, .to = 1 };
static struct record run = { .streams = &runner,
	.nstreams = 1,
	.words = { lines, 4 },
	.bye = true };

static void
expect(bool good, const struct ending *e, uint64_t ticks)
{
	char *why = ending_fault(e, &run, ticks, IPS, "x end of them y");

	assert_int_equal(why == NULL, good);
	free(why);
}

static void
test_time_is_counted_to_the_instruction(void **state)
{
	const struct ending e = { .within = 3 };

	(void)state;
	expect(true, &e, 8000);
	expect(false, &e, 8001);
}

static void
test_lines_come_in_order(void **state)
{
	const struct ending good = { .within = 9,
		.says = a_then_b,
		.says_count = 2 };
	const struct ending bad = { .within = 9,
		.says = b_then_one,
		.says_count = 2 };
	const struct ending thrice = { .within = 9,
		.says = twice,
		.says_count = 3 };

	(void)state;
	expect(true, &good, 6000);
	expect(false, &bad, 6000);
	expect(false, &thrice, 6000);
}

static void
test_what_came_before_does_not_count(void **state)
{
	const struct ending says = { .within = 9,
		.says = old,
		.says_count = 1 };
	const struct ending never = { .within = 9,
		.never = old,
		.never_count = 1 };
	const struct ending behind = { .within = 9,
		.never = two,
		.never_count = 1 };

	(void)state;
	expect(false, &says, 6000);
	expect(true, &never, 6000);
	expect(false, &behind, 6000);
}

static void
test_the_console(void **state)
{
	const struct ending good = { .within = 9, .console = shown };
	const struct ending bad = { .within = 9, .console = lines[0] };

	(void)state;
	expect(true, &good, 6000);
	expect(false, &bad, 6000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_time_is_counted_to_the_instruction),
		cmocka_unit_test(test_lines_come_in_order),
		cmocka_unit_test(test_what_came_before_does_not_count),
		cmocka_unit_test(test_the_console),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
