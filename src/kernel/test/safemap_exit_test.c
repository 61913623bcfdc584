/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of what becomes of mappings when their processes exit or execute
 * something else, and of how many there can be. Proves: A2.
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

static int
finish(struct fake_call c)
{
	return fake_finish(&c);
}

/* A record of one page of a granter. */
static int
add(int grantee, vir_bytes window, int granter)
{
	struct map *added,
	    m = {
		    .writable = true,
		    .grantee = fake_ep(grantee),
		    .window = window,
		    .length = PAGE,
		    .owner = fake_ep(granter),
		    .owner_addr = MEM,
		    .hops = 1,
		    .hop = { { fake_ep(granter), 7, MEM, false } },
	    };

	return map_add(&m, &added);
}

static void
nothing(int slot)
{
	(void)slot;
}

/* What can happen to a process that had mappings: all say the same. */
static void (*const ends[])(int) = { fake_exit, fake_exec };

#define ENDS (sizeof ends / sizeof ends[0])

/* Bob's windows among those of others, in every order: his go, theirs stay. */
static void
windows_end_with_their_process(void **state)
{
	unsigned int order, i, n;

	(void)state;
	for (order = 0; order < 32; order++) {
		(void)fake_kernel(NULL);
		for (n = 0, i = 0; i < 5; i++) {
			bool his = (order >> i & 1) != 0;

			n += his ? 0 : 1;
			assert_status(
			    add(his ? BOB : CAROL, WIN + i * PAGE, ALICE), OK);
		}
		ends[order % ENDS](BOB);
		assert_int_equal(fake_records(), n);
		for (i = 0; i < 5; i++) {
			bool his = (order >> i & 1) != 0;

			assert_null(map_of_window(endpoint_make(2, BOB),
			    WIN + i * PAGE));
			assert_int_equal(map_of_window(fake_ep(CAROL),
					     WIN + i * PAGE) != NULL,
			    !his);
		}
	}
}

/* After that the same place can be a window at once. */
static void
the_place_can_be_a_window_again(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ENDS; i++) {
		(void)fake_kernel(NULL);
		assert_status(add(BOB, WIN, ALICE), OK);
		assert_status(add(BOB, WIN, ALICE), -EBUSY);
		ends[i](BOB);
		assert_status(add(BOB, WIN, ALICE), OK);
		assert_int_equal(fake_records(), 1);
	}
}

/* The owner is nobody, and nobody finds the mapping but the grantee. */
static void
the_owner_is_forgotten(void **state)
{
	const struct map *m;
	endpoint_t alice;
	size_t i;

	(void)state;
	for (i = 0; i < ENDS; i++) {
		(void)fake_kernel(NULL);
		alice = fake_ep(ALICE);
		assert_status(add(BOB, WIN, ALICE), OK);
		assert_status(add(BOB, WIN + PAGE, CAROL), OK);
		ends[i](ALICE);
		assert_int_equal(fake_records(), 2);
		m = map_of_window(fake_ep(BOB), WIN);
		assert_non_null(m);
		assert_int_equal(m->owner, NONE);
		assert_int_equal(m->hop[0].granter, NONE);
		assert_null(map_of_grant(alice, 7));
		assert_null(map_of_memory(alice, MEM));
		assert_status(finish(fake_revoke(ALICE, 7)), OK);
		assert_status(finish(fake_revoke_addr(ALICE, MEM)), OK);
		assert_int_equal(fake_records(), 2);
		m = map_of_window(fake_ep(BOB), WIN + PAGE);
		assert_int_equal(m->owner, fake_ep(CAROL));
		assert_non_null(map_of_grant(fake_ep(CAROL), 7));
		/* What it had is no longer what somebody has mapped. */
		assert_status(add(ALICE, MEM, DAVE), OK);
		assert_status(finish(fake_unmap(BOB, WIN)), OK);
		assert_null(map_of_window(fake_ep(BOB), WIN));
		assert_int_equal(fake_vm.n, 1);
	}
}

/* One of many granters has gone, which stands there once or twice, wherever:
 * the others are there. */
static void
hops_of_many_are_forgotten(void **state)
{
	struct map *added,
	    m = {
		    .grantee = fake_ep(BOB),
		    .window = WIN,
		    .length = PAGE,
		    .owner = fake_ep(CAROL),
		    .owner_addr = MEM,
		    .hops = MAP_HOPS_MAX,
	    };
	int first, second, i;

	for (first = 0; first < MAP_HOPS_MAX; first++)
		for (second = first; second < MAP_HOPS_MAX; second++) {
			(void)fake_kernel(state);
			for (i = 0; i < MAP_HOPS_MAX; i++)
				m.hop[i].granter = fake_ep(
				    i == first || i == second ? ALICE : DAVE);
			assert_status(map_add(&m, &added), OK);
			ends[(unsigned int)(first + second) % ENDS](ALICE);
			for (i = 0; i < MAP_HOPS_MAX; i++)
				assert_int_equal(added->hop[i].granter,
				    i == first || i == second ? NONE
							      : fake_ep(DAVE));
			assert_int_equal(added->owner, fake_ep(CAROL));
		}
}

static void
who_has_no_mappings_takes_none(void **state)
{
	const struct map *m;

	(void)state;
	assert_status(add(BOB, WIN, ALICE), OK);
	fake_exit(DAVE);
	fake_exec(DAVE);
	assert_int_equal(fake_records(), 1);
	m = map_of_window(fake_ep(BOB), WIN);
	assert_int_equal(m->owner, fake_ep(ALICE));
	assert_ptr_equal(map_of_grant(fake_ep(ALICE), 7), m);
}

/* Both of a mapping, one after the other. */
static void
first_one_then_the_other(void **state)
{
	(void)state;
	assert_status(add(BOB, WIN, ALICE), OK);
	assert_status(add(ALICE, WIN, BOB), OK); /* and the other way */
	fake_exit(ALICE);
	assert_int_equal(fake_records(), 1);
	fake_exit(BOB);
	assert_int_equal(fake_records(), 0);
}

/* Memory of one's own, mapped to oneself. */
static void
alone_with_oneself(void **state)
{
	(void)state;
	assert_status(add(BOB, WIN, BOB), OK);
	fake_exec(BOB);
	assert_int_equal(fake_records(), 0);
}

/* The user ends while VM is mapping for it, or unmapping. */
static void
the_user_ends_while_vm_is_at_it(void **state)
{
	cp_grant_id_t gid;
	struct fake_call map, revoke;

	(void)state;
	gid = fake_grant(ALICE, ANY, MEM, PAGE, RWM);
	map = fake_map(BOB, ALICE, gid, WIN, 1);
	assert_status(fake_step(&map), -EVMSUSPEND);
	fake_exit(BOB);
	assert_int_equal(fake_records(), 0);
	assert_status(finish(fake_map(BOB, ALICE, gid, WIN, 1)), OK);

	revoke = fake_revoke(ALICE, gid);
	assert_status(fake_step(&revoke), -EVMSUSPEND);
	fake_exit(BOB);
	assert_int_equal(fake_records(), 0);
	assert_status(finish(fake_map(BOB, ALICE, gid, WIN, 1)), OK);
	/* The successor's mapping hangs on the same grant. */
	assert_status(fake_finish(&revoke), OK);
	assert_int_equal(fake_records(), 0);
}

/* The owner ends while VM is mapping its memory. */
static void
the_owner_ends_while_vm_is_at_it(void **state)
{
	cp_grant_id_t gid = fake_grant(ALICE, ANY, MEM, PAGE, RWM);
	struct fake_call map = fake_map(BOB, ALICE, gid, WIN, 1);

	(void)state;
	assert_status(fake_step(&map), -EVMSUSPEND);
	fake_exit(ALICE);
	fake_vm.failing = 0;
	fake_vm.status = -EFAULT; /* it knows */
	assert_status(fake_finish(&map), -EFAULT);
	assert_int_equal(fake_records(), 0);
	assert_status(finish(fake_map(BOB, ALICE, gid, WIN, 1)), -EPERM);
}

/* The owner ends when VM has made the window, before the caller runs again:
 * that mapping is like any other whose owner has ended. */
static void
the_owner_ends_when_vm_is_done(void **state)
{
	static void (*const ways[])(int) = { fake_exit, fake_exec };
	struct fake_call map;
	const struct map *m;
	size_t i;

	for (i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		(void)fake_kernel(state);
		map = fake_map(BOB, ALICE,
		    fake_grant(ALICE, ANY, MEM, PAGE, RWM), WIN, 1);
		assert_status(fake_step(&map), -EVMSUSPEND);
		assert_true(fake_serve());
		ways[i](ALICE);
		assert_status(fake_finish(&map), OK);
		m = map_of_window(fake_ep(BOB), WIN);
		assert_non_null(m);
		assert_int_equal(m->owner, NONE);
		assert_status(finish(fake_unmap(BOB, WIN)), OK);
		assert_int_equal(fake_records(), 0);
	}
}

/* As many windows as one may have, from a page on. */
static void
fill(int grantee, vir_bytes window, int n)
{
	int i;

	for (i = 0; i < n; i++)
		assert_status(add(grantee, window + (vir_bytes)i * PAGE, ALICE),
		    OK);
}

static void
unmap_one(int slot)
{
	assert_status(finish(fake_unmap(slot, WIN)), OK);
}

static void
revoke_all(int slot)
{
	(void)slot;
	assert_status(finish(fake_revoke(ALICE, 7)), OK);
}

/* Every way in which a mapping ends makes room for one more. */
static void
no_process_takes_all(void **state)
{
	static void (*const ways[])(
	    int) = { nothing, unmap_one, revoke_all, fake_exit, fake_exec };
	vir_bytes more = WIN + NR_MAPS * PAGE;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		(void)fake_kernel(NULL);
		fill(BOB, WIN, MAPS_PER_PROC);
		assert_status(add(BOB, more, ALICE), -EBUSY);
		assert_int_equal(fake_records(), MAPS_PER_PROC);
		assert_status(add(CAROL, more, ALICE), OK);
		ways[i](BOB);
		if (ways[i] == nothing) {
			assert_status(add(BOB, more, ALICE), -EBUSY);
			continue;
		}
		assert_status(add(BOB, more, ALICE), OK);
		if (ways[i] == unmap_one)
			assert_status(add(BOB, WIN, ALICE), -EBUSY);
	}
}

/* All places are taken, by four. */
static void
all_full(void)
{
	int who;

	(void)fake_kernel(NULL);
	for (who = BOB; who < BOB + 4; who++)
		fill(who, WIN, MAPS_PER_PROC);
	assert_int_equal(fake_records(), NR_MAPS);
}

/* A mapping whose owner is no more counts like others, until it has ended. */
static void
orphans_count(void **state)
{
	vir_bytes more = WIN + NR_MAPS * PAGE;

	(void)state;
	fill(BOB, WIN, MAPS_PER_PROC);
	fake_exit(ALICE);
	assert_int_equal(fake_records(), MAPS_PER_PROC);
	assert_status(add(BOB, more, CAROL), -EBUSY);
	assert_status(finish(fake_unmap(BOB, WIN)), OK);
	assert_status(add(BOB, more, CAROL), OK);
	assert_status(add(BOB, more + PAGE, CAROL), -EBUSY);

	all_full();
	fake_exit(ALICE);
	assert_status(add(FRANK, WIN, CAROL), -EBUSY);
}

static void
there_are_so_many_and_no_more(void **state)
{
	cp_grant_id_t gid;
	struct fake_call c;

	(void)state;
	assert_int_equal(NR_MAPS, 4 * MAPS_PER_PROC);
	all_full();
	gid = fake_grant(ALICE, ANY, MEM, PAGE, RWM);
	c = fake_map(FRANK, ALICE, gid, WIN, 1);
	assert_status(fake_finish(&c), -EBUSY);
	assert_int_equal(fake_records(), NR_MAPS);
	assert_int_equal(fake_vm.n, 0);
	assert_status(finish(fake_unmap(CAROL, WIN + PAGE)), OK);
	assert_status(fake_finish(&c), OK);
	assert_status(finish(fake_map(FRANK, ALICE, gid, WIN + PAGE, 1)),
	    -EBUSY);
	fake_exit(DAVE);
	assert_int_equal(fake_records(), NR_MAPS - MAPS_PER_PROC);
	fill(FRANK, WIN + PAGE, MAPS_PER_PROC - 1);
	assert_status(finish(fake_revoke(ALICE, 7)), OK);
	assert_int_equal(fake_records(), 1); /* Frank's first: another grant */
}

/* What failed has taken no place. */
static void
failures_take_no_place(void **state)
{
	cp_grant_id_t gid = fake_grant(ALICE, ANY, MEM, PAGE, RWM);
	struct fake_call c = fake_map(FRANK, ALICE, gid, WIN, 1);
	int i;

	(void)state;
	for (i = 0; i < MAPS_PER_PROC + 1; i++) {
		fake_vm.n = fake_vm.failing = 0;
		fake_vm.status = -ENOMEM;
		assert_status(fake_finish(&c), -ENOMEM);
	}
	assert_int_equal(fake_records(), 0);
	fill(FRANK, WIN, MAPS_PER_PROC);
}

#define TEST(name) cmocka_unit_test_setup(name, fake_kernel)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(windows_end_with_their_process),
		TEST(the_place_can_be_a_window_again),
		TEST(the_owner_is_forgotten),
		TEST(hops_of_many_are_forgotten),
		TEST(who_has_no_mappings_takes_none),
		TEST(first_one_then_the_other),
		TEST(alone_with_oneself),
		TEST(the_user_ends_while_vm_is_at_it),
		TEST(the_owner_ends_while_vm_is_at_it),
		TEST(the_owner_ends_when_vm_is_done),
		TEST(no_process_takes_all),
		TEST(orphans_count),
		TEST(there_are_so_many_and_no_more),
		TEST(failures_take_no_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
