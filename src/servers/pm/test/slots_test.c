/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Finding the slots in use: the ends of the table and of its words. */
#include "servers/pm/slots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const int some[] = { 0, 1, 31, 32, 63, 100, NR_PROCS - 1 };
#define SOME (sizeof some / sizeof some[0])

static int
begin(void **state)
{
	(void)state;
	memset(slots_used, 0, sizeof slots_used);
	return 0;
}

static void
test_an_empty_table_has_none(void **state)
{
	int slot;

	(void)state;
	for (slot = 0; slot <= NR_PROCS; slot++)
		assert_int_equal(slot_next(slot), NR_PROCS);
}

static void
test_each_slot_is_found_alone(void **state)
{
	int slot;

	(void)state;
	for (slot = 0; slot < NR_PROCS; slot++) {
		slot_enter(slot);
		assert_int_equal(slot_next(0), slot);
		assert_int_equal(slot_next(slot), slot);
		assert_int_equal(slot_next(slot + 1), NR_PROCS);
		slot_leave(slot);
		assert_int_equal(slot_next(0), NR_PROCS);
	}
}

static void
test_all_are_found_in_order(void **state)
{
	size_t i, n = 0;
	int slot;

	(void)state;
	for (i = 0; i < SOME; i++)
		slot_enter(some[i]);
	for (slot = slot_next(0); slot < NR_PROCS; slot = slot_next(slot + 1))
		assert_int_equal(slot, some[n++]);
	assert_int_equal(n, SOME);
}

static void
test_a_full_table_has_all(void **state)
{
	int slot;

	(void)state;
	for (slot = 0; slot < NR_PROCS; slot++)
		slot_enter(slot);
	for (slot = 0; slot < NR_PROCS; slot++)
		assert_int_equal(slot_next(slot), slot);
	slot_leave(31);
	assert_int_equal(slot_next(31), 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_an_empty_table_has_none, begin),
		cmocka_unit_test_setup(test_each_slot_is_found_alone, begin),
		cmocka_unit_test_setup(test_all_are_found_in_order, begin),
		cmocka_unit_test_setup(test_a_full_table_has_all, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
