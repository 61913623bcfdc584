/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of orders by chance.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "grader/lab/shuffle.h"

#define NAMES 8

static const char *const all[NAMES] = { "a", "b", "c", "d", "e", "f", "g",
	"h" };

static void
begin(const char *names[NAMES])
{
	memcpy(names, all, sizeof all);
}

static void
each_name_is_there_once(void **state)
{
	const char *names[NAMES];
	unsigned int seed;
	size_t i, k, n;

	(void)state;
	for (seed = 0; seed < 20; seed++) {
		begin(names);
		shuffle_names(seed, names, NAMES);
		for (i = 0; i < NAMES; i++) {
			for (n = 0, k = 0; k < NAMES; k++)
				n += strcmp(all[i], names[k]) == 0;
			assert_int_equal(n, 1);
		}
	}
}

static void
a_seed_is_an_order(void **state)
{
	const char *a[NAMES], *b[NAMES];
	unsigned int seed, differ = 0;

	(void)state;
	for (seed = 1; seed < 20; seed++) {
		begin(a);
		begin(b);
		shuffle_names(seed, a, NAMES);
		shuffle_names(seed, b, NAMES);
		assert_memory_equal(a, b, sizeof a);
		begin(b);
		shuffle_names(seed + 1, b, NAMES);
		differ += memcmp(a, b, sizeof a) != 0;
	}
	assert_true(differ > 15);
	begin(a);
	shuffle_names(0, a, NAMES);
	assert_memory_equal(a, all, sizeof a);
	shuffle_names(1, a, 0);
	assert_memory_equal(a, all, sizeof a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_name_is_there_once),
		cmocka_unit_test(a_seed_is_an_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
