/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of ending mappings: by the window, by the grant, by the memory;
 * of one, of many, and when VM cannot. Proves: A2, A5.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/test/fake.h"
#include "test/unit/status.h"

#define PAGE PAGE_SIZE
#define MEM  0x00500000u /* granted */
#define WIN  0x00900000u /* windows */
#define RWM  (CPF_READ | CPF_WRITE | CPF_MAP)

static cp_grant_id_t gid, other; /* Alice's, for anybody */

/* Bob has two windows, of two grants; Carol has one of the first, that begins
 * a page later. */
static int
setup(void **state)
{
	struct fake_call c;

	(void)fake_kernel(state);
	gid = fake_grant(ALICE, ANY, MEM, 8 * PAGE, RWM);
	other = fake_grant(ALICE, ANY, MEM, 8 * PAGE, RWM);
	c = fake_map(BOB, ALICE, gid, WIN, 2);
	assert_status(fake_finish(&c), OK);
	c = fake_map(BOB, ALICE, other, WIN + 2 * PAGE, 3);
	assert_status(fake_finish(&c), OK);
	c = fake_map(CAROL, ALICE, gid, WIN, 4);
	c.map.offset = PAGE;
	assert_status(fake_finish(&c), OK);
	fake_vm.n = 0;
	return 0;
}

static bool
mapped(int who, vir_bytes window)
{
	return map_of_window(fake_ep(who), window) != NULL;
}

/* Which of the three mappings there are, as bits: Bob's, and Carol's. */
static int
left(void)
{
	return (mapped(BOB, WIN) ? 1 : 0) |
	    (mapped(BOB, WIN + 2 * PAGE) ? 2 : 0) |
	    (mapped(CAROL, WIN) ? 4 : 0);
}

static int
finish(struct fake_call c)
{
	return fake_finish(&c);
}

static void
asked_to_unmap(int i, int who, vir_bytes window, vir_bytes pages)
{
	assert_int_equal(fake_vm.asked[i].kind, MEMREQ_SUNMAP);
	assert_int_equal(fake_vm.asked[i].target, fake_ep(who));
	assert_int_equal(fake_vm.asked[i].start, window);
	assert_int_equal(fake_vm.asked[i].length, pages * PAGE);
}

static void
a_grant_finds_what_hangs_on_it(void **state)
{
	(void)state;
	assert_non_null(map_of_grant(fake_ep(ALICE), gid));
	assert_ptr_equal(map_of_grant(fake_ep(ALICE), other),
	    map_of_window(fake_ep(BOB), WIN + 2 * PAGE));
	assert_null(map_of_grant(fake_ep(ALICE), other + 1));
	assert_null(map_of_grant(fake_ep(BOB), gid));
	assert_null(map_of_grant(fake_ep(CAROL), other));
	assert_null(map_of_grant(fake_ep(ALICE), gid + GRANT_ID(0, 1)));
	assert_null(map_of_grant(fake_ep(ALICE), GRANT_INVALID));
}

static void
memory_finds_what_begins_there(void **state)
{
	(void)state;
	assert_non_null(map_of_memory(fake_ep(ALICE), MEM));
	assert_ptr_equal(map_of_memory(fake_ep(ALICE), MEM + PAGE),
	    map_of_window(fake_ep(CAROL), WIN));
	assert_null(map_of_memory(fake_ep(ALICE), MEM + 2 * PAGE));
	assert_null(map_of_memory(fake_ep(ALICE), MEM - PAGE));
	assert_null(map_of_memory(fake_ep(ALICE), MEM + 1));
	assert_null(map_of_memory(fake_ep(BOB), MEM));
	assert_null(map_of_memory(fake_ep(BOB), WIN));
	assert_null(map_of_memory(fake_ep(ALICE), 0));
	assert_null(map_of_memory(fake_ep(ALICE), MAP_NO_ADDR));
}

static void
unmapping_ends_one_window(void **state)
{
	(void)state;
	assert_status(finish(fake_unmap(BOB, WIN)), OK);
	assert_int_equal(fake_vm.n, 1);
	asked_to_unmap(0, BOB, WIN, 2);
	assert_int_equal(left(), 2 | 4);
	assert_status(finish(fake_unmap(BOB, WIN + 2 * PAGE)), OK);
	asked_to_unmap(1, BOB, WIN + 2 * PAGE, 3);
	assert_int_equal(left(), 4);
}

static void
unmapping_nothing_is_fine(void **state)
{
	static const vir_bytes no[] = { 0, WIN - PAGE, WIN + PAGE, WIN + 1,
		WIN + 5 * PAGE, MEM, KERNEL_BASE, 0xFFFFF000u, 0xFFFFFFFFu };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof no / sizeof no[0]; i++)
		assert_status(finish(fake_unmap(BOB, no[i])), OK);
	assert_status(finish(fake_unmap(ALICE, WIN)), OK);
	assert_status(finish(fake_unmap(DAVE, WIN)), OK);
	assert_status(finish(fake_unmap(CAROL, WIN + 2 * PAGE)), OK);
	assert_int_equal(fake_vm.n, 0);
	assert_int_equal(left(), 7);
}

static void
revoking_ends_all_that_hangs_on_a_grant(void **state)
{
	(void)state;
	assert_status(finish(fake_revoke(ALICE, gid)), OK);
	assert_int_equal(left(), 2);
	assert_int_equal(fake_vm.n, 2);
	assert_status(finish(fake_revoke(ALICE, gid)), OK); /* again */
	assert_int_equal(fake_vm.n, 2);
	assert_status(finish(fake_revoke(ALICE, other)), OK);
	assert_int_equal(left(), 0);
	asked_to_unmap(2, BOB, WIN + 2 * PAGE, 3);
}

static void
revoking_by_address_means_the_memory(void **state)
{
	(void)state;
	assert_status(finish(fake_revoke_addr(ALICE, MEM + 2 * PAGE)), OK);
	assert_int_equal(left(), 7);
	assert_status(finish(fake_revoke_addr(ALICE, MEM + PAGE)), OK);
	assert_int_equal(left(), 3);
	assert_status(finish(fake_revoke_addr(ALICE, MEM)), OK);
	assert_int_equal(left(), 0);
	assert_int_equal(fake_vm.n, 3);
}

static void
what_a_stranger_revokes_is_nothing(void **state)
{
	int who;

	(void)state;
	/* They have grants with the same number, and memory there. */
	for (who = BOB; who <= DAVE; who++) {
		assert_int_equal(fake_grant(who, ANY, MEM, PAGE, RWM), gid);
		assert_status(finish(fake_revoke(who, gid)), OK);
		assert_status(finish(fake_revoke(who, other)), OK);
		assert_status(finish(fake_revoke_addr(who, MEM)), OK);
		assert_status(finish(fake_revoke_addr(who, WIN)), OK);
		assert_status(finish(fake_revoke_addr(who, MEM + PAGE)), OK);
	}
	assert_status(finish(fake_revoke(ALICE, -1)), OK);
	assert_status(finish(fake_revoke(ALICE, gid + GRANT_ID(0, 1))), OK);
	assert_status(finish(fake_revoke_addr(ALICE, MAP_NO_ADDR)), OK);
	assert_int_equal(fake_vm.n, 0);
	assert_int_equal(left(), 7);
}

/* One field of a request says which of the others counts. */
static void
grant_or_address_never_both(void **state)
{
	struct fake_call c = fake_revoke(ALICE, other);

	(void)state;
	c.revoke.addr = MEM + PAGE;
	assert_status(finish(c), OK);
	assert_int_equal(left(), 1 | 4);
	c = fake_revoke_addr(ALICE, MEM + PAGE);
	c.revoke.gid = gid;
	assert_status(finish(c), OK);
	assert_int_equal(left(), 1);
}

static void
revoking_looks_at_no_grant(void **state)
{
	(void)state;
	fake_clear(ALICE, gid);
	fake_proc(ALICE)->priv->grant_entries = 0;
	assert_status(finish(fake_revoke(ALICE, gid)), OK);
	assert_int_equal(left(), 2);
	fake_proc(ALICE)->priv->proc = NULL;
	assert_status(finish(fake_revoke_addr(ALICE, MEM)), OK);
	assert_int_equal(left(), 0);
}

/* The record is there until VM has unmapped. */
static void
the_record_goes_last(void **state)
{
	struct fake_call c = fake_unmap(BOB, WIN);

	(void)state;
	assert_status(fake_step(&c), -EVMSUSPEND);
	assert_int_equal(left(), 7);
	assert_true(fake_serve());
	assert_int_equal(left(), 7);
	assert_status(fake_step(&c), OK);
	assert_int_equal(left(), 6);
	assert_false(fake_serve());
}

static void
without_memory_a_window_stays(void **state)
{
	(void)state;
	fake_vm.failing = 0;
	fake_vm.status = -ENOMEM;
	assert_status(finish(fake_unmap(BOB, WIN)), -ENOMEM);
	assert_int_equal(left(), 7);
	assert_status(finish(fake_unmap(BOB, WIN)), OK);
	assert_int_equal(left(), 6);
}

/* Of several, those stay that were not ended before; later they go. */
static void
without_memory_the_rest_stays(void **state)
{
	int failing, by_gid;

	for (failing = 0; failing < 2; failing++)
		for (by_gid = 0; by_gid < 2; by_gid++) {
			struct fake_call c = by_gid != 0
			    ? fake_revoke(ALICE, gid)
			    : fake_revoke_addr(ALICE, MEM);

			(void)setup(state);
			fake_vm.failing = failing;
			fake_vm.status = -ENOMEM;
			assert_status(fake_finish(&c), -ENOMEM);
			assert_int_equal(fake_vm.n, failing + 1);
			assert_int_equal(fake_records(), 3 - failing);
			assert_status(fake_finish(&c), OK);
			assert_int_equal(fake_records(), 1);
		}
}

/* Two end the same mapping; what VM has told the second was about a window
 * that is gone, and another is in its place. */
static void
an_answer_is_about_one_mapping(void **state)
{
	struct fake_call first = fake_unmap(BOB, WIN);
	struct fake_call second = fake_revoke(ALICE, gid);
	struct fake_call again = fake_map(BOB, ALICE, gid, WIN, 2);

	(void)state;
	assert_status(finish(fake_unmap(CAROL, WIN)), OK);
	assert_status(fake_step(&first), -EVMSUSPEND);
	assert_status(fake_step(&second), -EVMSUSPEND);
	assert_true(fake_serve());
	assert_true(fake_serve());
	assert_status(fake_step(&first), OK);
	assert_status(fake_finish(&again), OK);
	fake_vm.n = 0;
	assert_status(fake_finish(&second), OK);
	assert_int_equal(fake_vm.n, 1);
	asked_to_unmap(0, BOB, WIN, 2);
	assert_int_equal(left(), 2);
}

static void
two_may_end_the_same(void **state)
{
	struct fake_call first = fake_unmap(BOB, WIN);
	struct fake_call second = fake_revoke(ALICE, gid);

	(void)state;
	assert_status(fake_step(&second), -EVMSUSPEND);
	assert_status(fake_step(&first), -EVMSUSPEND);
	assert_status(fake_finish(&first), OK);
	assert_status(fake_finish(&second), OK);
	assert_int_equal(left(), 2);
}

/* Alice revokes while VM is mapping for Dave. */
static void
revoked_before_it_was_complete(void **state)
{
	struct fake_call map = fake_map(DAVE, ALICE, gid, WIN, 2);
	struct fake_call revoke = fake_revoke(ALICE, gid);
	int i, maps = 0, unmaps = 0;

	(void)state;
	assert_status(fake_step(&map), -EVMSUSPEND);
	assert_status(fake_finish(&revoke), OK);
	assert_false(mapped(DAVE, WIN));
	for (i = 0; i < fake_vm.n; i++) {
		if (fake_vm.asked[i].target != fake_ep(DAVE))
			continue;
		maps += fake_vm.asked[i].kind == MEMREQ_SMAP;
		unmaps += fake_vm.asked[i].kind == MEMREQ_SUNMAP;
		assert_true(maps == 1); /* it ends what it has made */
	}
	assert_int_equal(unmaps, 1);
	assert_status(fake_step(&map), -EPERM);
	assert_int_equal(left(), 2);
	assert_false(fake_serve());
}

/* The same; Dave hears of it first. */
static void
complete_and_revoked(void **state)
{
	struct fake_call map = fake_map(DAVE, ALICE, gid, WIN, 2);
	struct fake_call revoke = fake_revoke(ALICE, gid);

	(void)state;
	assert_status(fake_step(&map), -EVMSUSPEND);
	assert_status(fake_step(&revoke), -EVMSUSPEND);
	while (fake_serve())
		;
	assert_status(fake_step(&map), OK);
	assert_status(fake_finish(&revoke), OK);
	assert_false(mapped(DAVE, WIN));
	assert_int_equal(left(), 2);
}

/* A mapping that failed is none, though somebody has begun to end it. */
static void
revoked_and_failed(void **state)
{
	struct fake_call map = fake_map(DAVE, ALICE, gid, WIN, 2);
	struct fake_call revoke = fake_revoke(ALICE, gid);
	int r;

	(void)state;
	fake_vm.failing = 0;
	fake_vm.status = -ENOMEM;
	assert_status(fake_step(&map), -EVMSUSPEND);
	assert_status(fake_finish(&revoke), OK);
	r = fake_step(&map); /* either is true */
	if (r != -EPERM)
		assert_status(r, -ENOMEM);
	assert_int_equal(left(), 2);
	assert_int_equal(fake_records(), 1);
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_grant_finds_what_hangs_on_it),
		TEST(memory_finds_what_begins_there),
		TEST(unmapping_ends_one_window),
		TEST(unmapping_nothing_is_fine),
		TEST(revoking_ends_all_that_hangs_on_a_grant),
		TEST(revoking_by_address_means_the_memory),
		TEST(what_a_stranger_revokes_is_nothing),
		TEST(grant_or_address_never_both),
		TEST(revoking_looks_at_no_grant),
		TEST(the_record_goes_last),
		TEST(without_memory_a_window_stays),
		TEST(without_memory_the_rest_stays),
		TEST(an_answer_is_about_one_mapping),
		TEST(two_may_end_the_same),
		TEST(revoked_before_it_was_complete),
		TEST(complete_and_revoked),
		TEST(revoked_and_failed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
