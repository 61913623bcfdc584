/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the records of mappings: who can end which, for how long, and
 * what is behind a window of a window. Proves: A2, A8.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <abi/errno.h>

#include "kernel/maps.h"

#define PAGE PAGE_SIZE

enum {
	ALICE = 20,
	BOB,
	CAROL,
	DAVE
};

/* Nothing is left of the test before. */
static int
setup(void **state)
{
	const struct map *m;

	(void)state;
	while ((m = map_nth(0)) != NULL)
		maps_forget(m->grantee);
	return 0;
}

/* A mapping of pages of owner, who made grant gid of them. */
static struct map
mapping(endpoint_t grantee, vir_bytes window, endpoint_t owner, vir_bytes addr,
    cp_grant_id_t gid)
{
	return (struct map){
		.grantee = grantee,
		.window = window,
		.length = 2 * PAGE,
		.writable = true,
		.owner = owner,
		.owner_addr = addr,
		.hops = 1,
		.hop = { { owner, gid, addr, false } },
	};
}

/* Resolve and add. */
static int
add(struct map m, struct map **added)
{
	static struct map nowhere;
	int r = map_resolve(&m);

	*added = &nowhere; /* for those who do not see that r is OK */
	return r == OK ? map_add(&m, added) : r;
}

static void
test_record_is_found_by_all_that_can_end_it(void **state)
{
	struct map *m;

	(void)state;
	assert_null(map_of_window(BOB, 8 * PAGE));
	assert_int_equal(add(mapping(BOB, 8 * PAGE, ALICE, 4 * PAGE, 3), &m),
	    OK);
	assert_false(m->mapped);
	assert_ptr_equal(map_of_window(BOB, 8 * PAGE), m);
	assert_ptr_equal(map_of_grant(ALICE, 3), m);
	assert_ptr_equal(map_of_memory(ALICE, 4 * PAGE), m);
	assert_null(map_of_window(BOB, 9 * PAGE));
	assert_null(map_of_window(ALICE, 8 * PAGE));
	assert_null(map_of_grant(ALICE, 4));
	assert_null(map_of_grant(BOB, 3));
	assert_null(map_of_memory(ALICE, 5 * PAGE));
	map_drop(m);
	assert_null(map_of_grant(ALICE, 3));
}

static void
test_no_two_records_are_taken_for_each_other(void **state)
{
	struct map *m;
	uint32_t serial;

	(void)state;
	assert_int_equal(add(mapping(BOB, 0, ALICE, 4 * PAGE, 3), &m), OK);
	serial = m->serial;
	map_drop(m);
	assert_int_equal(add(mapping(BOB, 0, ALICE, 4 * PAGE, 3), &m), OK);
	assert_int_not_equal(m->serial, serial);
}

static void
test_window_is_free_memory(void **state)
{
	struct map *m;

	(void)state;
	assert_int_equal(add(mapping(BOB, 8 * PAGE, ALICE, 4 * PAGE, 3), &m),
	    OK);
	assert_int_equal(add(mapping(BOB, 8 * PAGE, ALICE, 0, 4), &m), -EBUSY);
	assert_int_equal(add(mapping(BOB, 9 * PAGE, ALICE, 0, 4), &m), -EBUSY);
	assert_int_equal(add(mapping(BOB, 7 * PAGE, ALICE, 0, 4), &m), -EBUSY);
	assert_int_equal(add(mapping(BOB, 6 * PAGE, ALICE, 0, 4), &m), OK);
	assert_int_equal(add(mapping(BOB, 10 * PAGE, ALICE, 0, 4), &m), OK);
	assert_int_equal(add(mapping(CAROL, 8 * PAGE, ALICE, 0, 4), &m), OK);
	/* Others have it: they would no longer have the same. */
	assert_int_equal(add(mapping(ALICE, 5 * PAGE, DAVE, 0, 4), &m), -EBUSY);
	assert_int_equal(add(mapping(ALICE, 6 * PAGE, DAVE, 0, 4), &m), OK);
}

static void
test_own_memory_can_be_mapped_elsewhere(void **state)
{
	struct map *m;

	(void)state;
	assert_int_equal(add(mapping(BOB, 8 * PAGE, BOB, 9 * PAGE, 3), &m),
	    -EINVAL);
	assert_int_equal(add(mapping(BOB, 8 * PAGE, BOB, 10 * PAGE, 3), &m),
	    OK);
}

/* Carol maps Bob's window on Alice's memory. */
static int
chained(struct map *want, struct map **m)
{
	(void)add(mapping(BOB, 8 * PAGE, ALICE, 4 * PAGE, 3), m);
	want->hop[0] = (struct map_hop){ BOB, 7, want->owner_addr, false };
	return add(*want, m);
}

static void
test_window_of_a_window_hangs_on_both_grants(void **state)
{
	struct map want = mapping(CAROL, 0, BOB, 9 * PAGE, 7), *m;

	(void)state;
	want.length = PAGE;
	assert_int_equal(chained(&want, &m), OK);
	assert_int_equal(m->owner, ALICE);
	assert_int_equal(m->owner_addr, 5 * PAGE);
	assert_ptr_equal(map_of_grant(BOB, 7), m);
	assert_ptr_equal(map_of_memory(BOB, 9 * PAGE), m);
	assert_ptr_equal(map_of_memory(ALICE, 5 * PAGE), m);
	assert_null(map_of_memory(ALICE, 6 * PAGE));
	/* Alice ends Bob's mapping, and then still finds Carol's: by the grant,
	 * and by where Bob's mapping began. */
	map_drop(map_of_window(BOB, 8 * PAGE));
	assert_ptr_equal(map_of_memory(ALICE, 4 * PAGE), map_nth(0));
	m = map_of_grant(ALICE, 3);
	assert_int_equal(m->grantee, CAROL);
	assert_ptr_equal(map_of_memory(ALICE, 4 * PAGE), m);
}

static void
test_piece_of_a_piece_ends_with_each_of_them(void **state)
{
	struct map want = mapping(CAROL, 0, BOB, 8 * PAGE, 7), *m;

	(void)state;
	want.length = PAGE;
	want.owner_addr = 9 * PAGE;
	assert_int_equal(chained(&want, &m), OK);
	m->length = 2 * PAGE; /* have it end somewhere */
	want = mapping(DAVE, 0, CAROL, PAGE, 9);
	want.length = PAGE;
	assert_int_equal(add(want, &m), OK);
	map_drop(map_of_window(BOB, 8 * PAGE));
	map_drop(map_of_window(CAROL, 0));
	m = map_of_window(DAVE, 0);
	assert_ptr_equal(map_of_memory(ALICE, 4 * PAGE), m);
	assert_ptr_equal(map_of_memory(ALICE, 5 * PAGE), m);
	assert_ptr_equal(map_of_memory(ALICE, 6 * PAGE), m);
	assert_null(map_of_memory(ALICE, 7 * PAGE));
	assert_ptr_equal(map_of_memory(BOB, 9 * PAGE), m);
	assert_ptr_equal(map_of_memory(BOB, 10 * PAGE), m);
	assert_null(map_of_memory(BOB, 8 * PAGE));
	assert_ptr_equal(map_of_memory(CAROL, PAGE), m);
}

static void
test_window_is_mapped_within_its_bounds(void **state)
{
	struct map want = mapping(CAROL, 0, BOB, 9 * PAGE, 7), *m;

	(void)state;
	assert_int_equal(chained(&want, &m), -EINVAL);
	want.owner_addr = 7 * PAGE;
	assert_int_equal(map_resolve(&want), -EINVAL);
	want.length = 4 * PAGE;
	assert_int_equal(map_resolve(&want), -EINVAL);
	want.owner_addr = 10 * PAGE;
	assert_int_equal(map_resolve(&want), OK);
	assert_int_equal(want.owner, BOB);
}

static void
test_rights_do_not_grow(void **state)
{
	struct map read_only = mapping(BOB, 8 * PAGE, ALICE, 4 * PAGE, 3);
	struct map want = mapping(CAROL, 0, BOB, 8 * PAGE, 7), *m;

	(void)state;
	read_only.writable = false;
	assert_int_equal(add(read_only, &m), OK);
	assert_int_equal(map_resolve(&want), -EPERM);
	want.writable = false;
	assert_int_equal(map_resolve(&want), OK);
}

static void
test_way_has_an_end(void **state)
{
	struct map want = mapping(CAROL, 0, BOB, 8 * PAGE, 7), *m;

	(void)state;
	want.hops = MAP_HOPS_MAX;
	assert_int_equal(add(mapping(BOB, 8 * PAGE, ALICE, 4 * PAGE, 3), &m),
	    OK);
	assert_int_equal(map_resolve(&want), -ELOOP);
	want.hops = MAP_HOPS_MAX - 1;
	assert_int_equal(map_resolve(&want), OK);
}

static void
test_grantee_takes_its_windows_along(void **state)
{
	struct map *m;

	(void)state;
	assert_int_equal(add(mapping(BOB, 0, ALICE, 4 * PAGE, 3), &m), OK);
	assert_int_equal(add(mapping(CAROL, 0, ALICE, 4 * PAGE, 3), &m), OK);
	assert_int_equal(add(mapping(BOB, 4 * PAGE, DAVE, 4 * PAGE, 3), &m),
	    OK);
	maps_forget(BOB);
	assert_null(map_of_window(BOB, 0));
	assert_null(map_of_window(BOB, 4 * PAGE));
	assert_int_equal(map_of_grant(ALICE, 3)->grantee, CAROL);
	assert_null(map_nth(1));
}

static void
test_dead_granter_matches_nobody(void **state)
{
	struct map want = mapping(CAROL, 0, BOB, 8 * PAGE, 7), *m;

	(void)state;
	assert_int_equal(chained(&want, &m), OK);
	maps_forget(ALICE);
	assert_null(map_of_grant(ALICE, 3));
	assert_null(map_of_memory(ALICE, 4 * PAGE));
	assert_non_null(map_of_window(BOB, 8 * PAGE));
	assert_non_null(map_of_grant(BOB, 7));
	/* What Bob has kept he can pass on, from where he has it. */
	want = mapping(DAVE, 0, BOB, 8 * PAGE, 9);
	assert_int_equal(map_resolve(&want), OK);
	assert_int_equal(want.owner, BOB);
	assert_int_equal(want.owner_addr, 8 * PAGE);
}

static void
test_middle_granter_leaves_the_rest_of_the_way(void **state)
{
	struct map want = mapping(CAROL, 0, BOB, 8 * PAGE, 7), *m;

	(void)state;
	assert_int_equal(chained(&want, &m), OK);
	maps_forget(BOB);
	assert_null(map_of_grant(BOB, 7));
	assert_int_equal(map_of_grant(ALICE, 3)->grantee, CAROL);
}

static void
test_table_has_room_for_all_but_not_for_one_alone(void **state)
{
	struct map *m;
	int i, who;

	(void)state;
	for (i = 0; i < MAPS_PER_PROC; i++)
		assert_int_equal(add(mapping(BOB, (vir_bytes)i * 2 * PAGE,
					 ALICE, 4 * PAGE, 3),
				     &m),
		    OK);
	assert_int_equal(add(mapping(BOB, 0x80000000, ALICE, 4 * PAGE, 3), &m),
	    -EBUSY);
	for (who = DAVE; i < NR_MAPS; i++)
		assert_int_equal(
		    add(mapping(who + i, 0, ALICE, 4 * PAGE, 3), &m), OK);
	assert_int_equal(add(mapping(CAROL, 0, ALICE, 4 * PAGE, 3), &m),
	    -EBUSY);
	maps_forget(BOB);
	assert_int_equal(add(mapping(CAROL, 0, ALICE, 4 * PAGE, 3), &m), OK);
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_record_is_found_by_all_that_can_end_it),
		TEST(test_no_two_records_are_taken_for_each_other),
		TEST(test_window_is_free_memory),
		TEST(test_own_memory_can_be_mapped_elsewhere),
		TEST(test_window_of_a_window_hangs_on_both_grants),
		TEST(test_piece_of_a_piece_ends_with_each_of_them),
		TEST(test_window_is_mapped_within_its_bounds),
		TEST(test_rights_do_not_grow),
		TEST(test_way_has_an_end),
		TEST(test_grantee_takes_its_windows_along),
		TEST(test_dead_granter_matches_nobody),
		TEST(test_middle_granter_leaves_the_rest_of_the_way),
		TEST(test_table_has_room_for_all_but_not_for_one_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
