/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of mappings through others: grants that were passed on, windows
 * that were granted on, and both; who can end them, what they may. Proves: A2,
 * A8.
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
#define WIN  0x00900000u /* windows: each has its own at this address */
#define RWM  (CPF_READ | CPF_WRITE | CPF_MAP)

#define LEVELS 4 /* windows on windows: Bob's, Carol's, Dave's, Erin's */

static cp_grant_id_t gid[LEVELS + 2]; /* of ALICE + i */

static int
finish(struct fake_call c)
{
	return fake_finish(&c);
}

static bool
mapped(int who)
{
	return map_of_window(fake_ep(who), WIN) != NULL;
}

/* Alice's grant, passed on by links others, of whom each has an own number. */
static int
passed_on(int links)
{
	int i, k;

	(void)fake_kernel(NULL);
	gid[0] = fake_grant(ALICE, ANY, MEM, 8 * PAGE, RWM);
	for (i = 1; i <= links; i++) {
		for (k = 0; k < i; k++)
			(void)fake_grant(ALICE + i, ANY, 0, PAGE, RWM);
		gid[i] = fake_pass(ALICE + i, ANY, fake_ep(ALICE + i - 1),
		    gid[i - 1]);
	}
	return ALICE + links;
}

/* By addresses that nobody has granted, around that of nobody. */
static void
revoke_nothing(int who)
{
	const vir_bytes none = MAP_NO_ADDR;
	vir_bytes addr;

	for (addr = none - 1; addr != 2; addr++)
		(void)finish(fake_revoke_addr(who, addr));
}

/* Frank maps what came over some links; each of them ends it. */
static void
every_link_can_end_it(void **state)
{
	int links, i, last;
	const struct map *m;

	(void)state;
	for (links = 0; links <= 4; links++)
		for (i = 0; i <= links; i++) {
			last = passed_on(links);
			assert_status(
			    finish(fake_map(FRANK, last, gid[links], WIN, 2)),
			    OK);
			m = map_of_window(fake_ep(FRANK), WIN);
			assert_int_equal(m->owner, fake_ep(ALICE));
			assert_int_equal(fake_vm.asked[0].source,
			    fake_ep(ALICE));
			if (i > 0) /* by others' numbers, and as memory */
				(void)finish(
				    fake_revoke(ALICE + i, gid[i - 1]));
			if (i > 0)
				(void)finish(fake_revoke_addr(ALICE + i, MEM));
			revoke_nothing(ALICE + i);
			assert_true(mapped(FRANK));
			assert_status(finish(fake_revoke(ALICE + i, gid[i])),
			    OK);
			assert_false(mapped(FRANK));
		}
	(void)passed_on(4);
	assert_status(finish(fake_map(FRANK, ERIN, gid[4], WIN, 2)), OK);
	assert_status(finish(fake_revoke_addr(ALICE, MEM)), OK);
	assert_false(mapped(FRANK));
}

/* One of the links has exited: it ends nothing, and neither does who came
 * after it; the others do. */
static void
a_dead_link_ends_nothing(void **state)
{
	int dead, i, k;

	(void)state;
	for (dead = 0; dead <= 4; dead++)
		for (i = 0; i <= 4; i++) {
			(void)passed_on(4);
			assert_status(
			    finish(fake_map(FRANK, ERIN, gid[4], WIN, 2)), OK);
			fake_exit(ALICE + dead);
			for (k = 0; k <= 4; k++)
				(void)finish(fake_revoke(ALICE + dead, gid[k]));
			(void)finish(fake_revoke_addr(ALICE + dead, MEM));
			assert_true(mapped(FRANK));
			(void)finish(fake_revoke(ALICE + i, gid[i]));
			assert_int_equal(mapped(FRANK), i == dead);
		}
}

static void
too_many_links_leave_nothing(void **state)
{
	int i, from;
	cp_grant_id_t id;

	(void)state;
	id = fake_grant(ALICE, ANY, MEM, PAGE, RWM);
	from = ALICE;
	for (i = 1; i <= MAX_INDIRECT_DEPTH + 1; i++) {
		int to = i % 2 == 0 ? CAROL : BOB;

		id = fake_pass(to, ANY, fake_ep(from), id);
		from = to;
		assert_int_equal(finish(fake_map(FRANK, from, id, WIN, 1)),
		    i <= MAX_INDIRECT_DEPTH ? OK : -ELOOP);
		(void)finish(fake_unmap(FRANK, WIN));
		assert_int_equal(fake_records(), 0);
	}
}

/* Alice's memory in Bob's window, that in Carol's, and so on. Each grants all
 * of its window, and the next maps it from a page on, if pieces is 1. */
static void
windows_on_windows(int levels, vir_bytes pieces)
{
	int i;
	struct fake_call c;

	(void)fake_kernel(NULL);
	gid[0] = fake_grant(ALICE, ANY, MEM, 8 * PAGE, RWM);
	for (i = 1; i <= levels; i++) {
		c = fake_map(ALICE + i, ALICE + i - 1, gid[i - 1], WIN,
		    8 - pieces * (vir_bytes)i);
		c.map.offset = pieces * PAGE;
		assert_status(fake_finish(&c), OK);
		gid[i] = fake_grant(ALICE + i, ANY, WIN,
		    (8 - pieces * (vir_bytes)i) * PAGE, RWM);
	}
}

static void
all_windows_show_the_owners_memory(void **state)
{
	vir_bytes pieces;
	int i;

	(void)state;
	for (pieces = 0; pieces < 2; pieces++) {
		windows_on_windows(LEVELS, pieces);
		for (i = 1; i <= LEVELS; i++) {
			const struct map *m =
			    map_of_window(fake_ep(ALICE + i), WIN);
			vir_bytes at = MEM + pieces * (vir_bytes)i * PAGE;

			assert_int_equal(m->owner, fake_ep(ALICE));
			assert_int_equal(m->owner_addr, at);
			assert_int_equal(fake_vm.asked[i - 1].source,
			    fake_ep(ALICE));
			assert_int_equal(fake_vm.asked[i - 1].source_addr, at);
		}
	}
}

/* Who is there after i has ended what it has granted: who comes before. */
static void
left_before(int i)
{
	int k;

	for (k = 1; k <= LEVELS; k++)
		assert_int_equal(mapped(ALICE + k), k <= i);
}

static void
each_ends_all_that_is_behind_it(void **state)
{
	vir_bytes pieces;
	int i;

	(void)state;
	for (i = 0; i < LEVELS; i++)
		for (pieces = 0; pieces < 2; pieces++) {
			vir_bytes mem = (i == 0 ? MEM : WIN) + pieces * PAGE;

			windows_on_windows(LEVELS, pieces);
			assert_status(finish(fake_revoke(ALICE + i, gid[i])),
			    OK);
			left_before(i);
			windows_on_windows(LEVELS, pieces);
			assert_status(finish(fake_revoke_addr(ALICE + i, mem)),
			    OK);
			left_before(i);
		}
}

/* The last is gone first: what it hung on is still there. */
static void
a_part_can_be_ended_alone(void **state)
{
	(void)state;
	windows_on_windows(3, 1);
	assert_status(finish(fake_revoke_addr(ALICE, MEM + 3 * PAGE)), OK);
	assert_true(mapped(BOB) && mapped(CAROL) && !mapped(DAVE));
	assert_status(finish(fake_revoke_addr(ALICE, MEM + 2 * PAGE)), OK);
	assert_true(mapped(BOB) && !mapped(CAROL));
	windows_on_windows(3, 1);
	assert_status(finish(fake_revoke_addr(BOB, WIN + 2 * PAGE)), OK);
	assert_true(mapped(BOB) && mapped(CAROL) && !mapped(DAVE));
	/* Where nothing that is mapped begins. */
	windows_on_windows(3, 1);
	assert_status(finish(fake_revoke_addr(ALICE, MEM)), OK);
	assert_status(finish(fake_revoke_addr(ALICE, MEM + 4 * PAGE)), OK);
	assert_status(finish(fake_revoke_addr(BOB, WIN)), OK);
	assert_status(finish(fake_revoke_addr(CAROL, WIN)), OK);
	assert_int_equal(fake_records(), 3);
}

/* Bob's window shows Alice's memory from a page on, Carol's that from another
 * page on, Dave's that. By address, one of them ends those only that begin
 * there, or lie in what begins there. */
static void
try_addresses(const vir_bytes from[3], int who)
{
	const vir_bytes base = who == 0 ? MEM : WIN;
	vir_bytes page, begin = 0;
	uint32_t begins = 0; /* a bit for each page */
	struct fake_call c;
	int i;

	(void)fake_kernel(NULL);
	gid[0] = fake_grant(ALICE, ANY, MEM, 8 * PAGE, RWM);
	for (i = 0; i < 3; i++) {
		vir_bytes pages = 6 - 2 * (vir_bytes)i;

		c = fake_map(BOB + i, ALICE + i, gid[i], WIN, pages);
		c.map.offset = from[i] * PAGE;
		assert_status(fake_finish(&c), OK);
		gid[i + 1] = fake_grant(BOB + i, ANY, WIN, pages * PAGE, RWM);
		if (i >= who)
			begins |= 1u << (begin += from[i]);
	}
	for (page = 0; page < 8; page++)
		if ((begins >> page & 1) == 0)
			(void)finish(
			    fake_revoke_addr(ALICE + who, base + page * PAGE));
	assert_int_equal(fake_records(), 3);
	for (i = 2; i >= who; begin -= from[i--]) {
		(void)finish(
		    fake_revoke_addr(ALICE + who, base + begin * PAGE));
		assert_int_equal(fake_records(), i);
	}
}

static void
an_address_ends_what_begins_there(void **state)
{
	unsigned int which;
	int who;

	(void)state;
	for (which = 0; which < 8; which++) {
		const vir_bytes from[3] = { 1 + (which & 1),
			1 + (which >> 1 & 1), 1 + (which >> 2) };

		for (who = 0; who < 3; who++)
			try_addresses(from, who);
	}
}

/* What hangs on a window hangs on its granters, also when the window is no
 * more: its user has unmapped it, or exited. */
static void
a_window_that_ends_leaves_what_is_behind_it(void **state)
{
	int end, i;

	(void)state;
	for (end = 0; end < 2; end++)
		for (i = 0; i < LEVELS; i++) {
			windows_on_windows(LEVELS, 0);
			if (end == 0)
				(void)finish(fake_unmap(CAROL, WIN));
			else
				fake_exit(CAROL);
			assert_true(mapped(BOB) && mapped(DAVE));
			assert_true(mapped(ERIN) && !mapped(CAROL));
			(void)finish(fake_revoke(ALICE + i, gid[i]));
			assert_int_equal(mapped(BOB), i >= 1);
			assert_int_equal(mapped(DAVE),
			    i >= 3 || (i == 2 && end == 1));
			assert_int_equal(mapped(ERIN), i == 2 && end == 1);
		}
}

/* The owner has exited: its grantee has what is left, and grants that on. */
static void
a_window_without_an_owner_is_its_users(void **state)
{
	const struct map *m;

	(void)state;
	windows_on_windows(1, 1);
	fake_exit(ALICE);
	assert_status(finish(fake_map(CAROL, BOB, gid[1], WIN, 2)), OK);
	m = map_of_window(fake_ep(CAROL), WIN);
	assert_int_equal(m->owner, fake_ep(BOB));
	assert_int_equal(m->owner_addr, WIN);
	assert_int_equal(fake_vm.asked[1].source, fake_ep(BOB));
	assert_status(finish(fake_revoke(ALICE, gid[0])), OK);
	assert_true(mapped(BOB) && mapped(CAROL));
	assert_status(finish(fake_revoke(BOB, gid[1])), OK);
	assert_true(mapped(BOB) && !mapped(CAROL));
}

/* Which of three windows on windows may be written, as bits; some are asked
 * for to be written. */
static void
try_rights(int wanted)
{
	bool may = true;
	int i;

	(void)fake_kernel(NULL);
	gid[0] = fake_grant(ALICE, ANY, MEM, 2 * PAGE, RWM);
	for (i = 1; i <= 3; i++) {
		bool writable = (wanted >> i & 1) != 0;
		struct fake_call c =
		    fake_map(ALICE + i, ALICE + i - 1, gid[i - 1], WIN, 2);

		c.map.writable = writable;
		assert_int_equal(fake_finish(&c),
		    writable && !may ? -EPERM : OK);
		c.map.writable = 0;
		if (writable && !may)
			assert_status(fake_finish(&c), OK);
		may = may && writable;
		assert_int_equal(fake_records(), i);
		assert_int_equal(
		    map_of_window(fake_ep(ALICE + i), WIN)->writable, may);
		gid[i] = fake_grant(ALICE + i, ANY, WIN, 2 * PAGE, RWM);
	}
}

static void
rights_do_not_grow_at_any_level(void **state)
{
	int wanted;

	(void)state;
	for (wanted = 0; wanted < 16; wanted += 2)
		try_rights(wanted);
}

/* Bob has a window of three pages in his memory. What Carol may map of it. */
static void
a_range_lies_in_a_window_or_not(void **state)
{
	int from, pages;
	struct fake_call c;

	(void)state;
	for (from = -4; from <= 5; from++)
		for (pages = 1; pages <= 8; pages++) {
			bool inside = from >= 0 && from + pages <= 3;
			bool apart = from + pages <= 0 || from >= 3;
			vir_bytes at = WIN + (vir_bytes)from * PAGE;
			const struct map *m;

			(void)fake_kernel(NULL);
			gid[0] = fake_grant(ALICE, ANY, MEM, 3 * PAGE, RWM);
			c = fake_map(BOB, ALICE, gid[0], WIN, 3);
			assert_status(fake_finish(&c), OK);
			gid[1] = fake_grant(BOB, ANY, at,
			    (vir_bytes)pages * PAGE, RWM);
			c = fake_map(CAROL, BOB, gid[1], WIN, (vir_bytes)pages);
			assert_int_equal(fake_finish(&c),
			    inside || apart ? OK : -EINVAL);
			m = map_of_window(fake_ep(CAROL), WIN);
			assert_int_equal(m != NULL, inside || apart);
			if (m == NULL)
				continue;
			assert_int_equal(m->owner,
			    fake_ep(inside ? ALICE : BOB));
			assert_int_equal(m->owner_addr,
			    inside ? MEM + (vir_bytes)from * PAGE : at);
		}
}

static void
two_windows_are_not_one(void **state)
{
	struct fake_call c;
	cp_grant_id_t all;

	(void)state;
	gid[0] = fake_grant(ALICE, ANY, MEM, 4 * PAGE, RWM);
	assert_status(finish(fake_map(BOB, ALICE, gid[0], WIN, 2)), OK);
	c = fake_map(BOB, ALICE, gid[0], WIN + 2 * PAGE, 2);
	c.map.offset = 2 * PAGE;
	assert_status(fake_finish(&c), OK);
	all = fake_grant(BOB, ANY, WIN, 4 * PAGE, RWM);
	assert_status(finish(fake_map(CAROL, BOB, all, WIN, 4)), -EINVAL);
	assert_status(finish(fake_map(CAROL, BOB, all, WIN, 3)), -EINVAL);
	c = fake_map(CAROL, BOB, all, WIN, 2);
	c.map.offset = PAGE;
	assert_status(fake_finish(&c), -EINVAL);
	c.map.offset = 2 * PAGE;
	assert_status(fake_finish(&c), OK);
	assert_int_equal(map_of_window(fake_ep(CAROL), WIN)->owner_addr,
	    MEM + 2 * PAGE);
	assert_int_equal(fake_records(), 3);
}

/* A window of Bob's is passed on, and mapped through that. */
static void
links_and_windows_go_together(void **state)
{
	int i, who[] = { ALICE, BOB, CAROL };

	(void)state;
	for (i = 0; i < 3; i++) {
		windows_on_windows(1, 0);
		gid[2] = fake_pass(CAROL, ANY, fake_ep(BOB), gid[1]);
		assert_status(finish(fake_map(DAVE, CAROL, gid[2], WIN, 3)),
		    OK);
		assert_int_equal(map_of_window(fake_ep(DAVE), WIN)->owner,
		    fake_ep(ALICE));
		(void)finish(fake_revoke_addr(CAROL, WIN));
		(void)finish(fake_revoke_addr(CAROL, MEM));
		assert_true(mapped(DAVE));
		assert_status(finish(fake_revoke(who[i], gid[i])), OK);
		assert_false(mapped(DAVE));
		assert_int_equal(mapped(BOB), i > 0);
	}
	windows_on_windows(1, 0);
	gid[2] = fake_pass(CAROL, ANY, fake_ep(BOB), gid[1]);
	assert_status(finish(fake_map(DAVE, CAROL, gid[2], WIN, 3)), OK);
	assert_status(finish(fake_revoke_addr(BOB, WIN)), OK);
	assert_true(mapped(BOB) && !mapped(DAVE));
}

/* A window came over a link, and a part of it is granted on: the link has no
 * memory there, so no address of its ends anything. */
static void
a_link_has_no_addresses(void **state)
{
	struct fake_call c;
	vir_bytes from, page;

	(void)state;
	for (from = 0; from < 3; from++) {
		(void)fake_kernel(NULL);
		gid[0] = fake_grant(ALICE, ANY, MEM, 4 * PAGE, RWM);
		gid[1] = fake_pass(BOB, ANY, fake_ep(ALICE), gid[0]);
		assert_status(finish(fake_map(CAROL, BOB, gid[1], WIN, 4)), OK);
		gid[2] = fake_grant(CAROL, ANY, WIN, 4 * PAGE, RWM);
		c = fake_map(DAVE, CAROL, gid[2], WIN, 1);
		c.map.offset = from * PAGE;
		assert_status(fake_finish(&c), OK);
		revoke_nothing(BOB);
		for (page = 0; page < 4; page++) {
			(void)finish(fake_revoke_addr(BOB, MEM + page * PAGE));
			(void)finish(fake_revoke_addr(BOB, WIN + page * PAGE));
			(void)finish(
			    fake_revoke_addr(BOB, MAP_NO_ADDR + page * PAGE));
		}
		assert_true(mapped(CAROL) && mapped(DAVE));
		(void)finish(fake_revoke(BOB, gid[1]));
		assert_int_equal(fake_records(), 0);
	}
}

/* Which mappings there are does not matter to those who have none behind. */
static void
a_window_of_somebody_else_is_not_behind(void **state)
{
	(void)state;
	gid[0] = fake_grant(ALICE, ANY, MEM, 2 * PAGE, RWM);
	assert_status(finish(fake_map(BOB, ALICE, gid[0], WIN, 2)), OK);
	gid[2] = fake_grant(CAROL, ANY, WIN + PAGE, 2 * PAGE, RWM);
	assert_status(finish(fake_map(DAVE, CAROL, gid[2], WIN, 2)), OK);
	assert_int_equal(map_of_window(fake_ep(DAVE), WIN)->owner,
	    fake_ep(CAROL));
}

/* The record is full: of a whole window each hop takes a place. */
static void
a_record_has_so_many_hops(void **state)
{
	struct map m = {
		.grantee = fake_ep(CAROL),
		.window = WIN,
		.length = 8 * PAGE,
		.owner = fake_ep(BOB),
		.owner_addr = WIN,
	};
	int hops;

	(void)state;
	windows_on_windows(1, 0);
	for (hops = 1; hops <= MAP_HOPS_MAX; hops++) {
		m.owner = fake_ep(BOB);
		m.owner_addr = WIN;
		m.hops = hops;
		assert_int_equal(map_resolve(&m),
		    hops < MAP_HOPS_MAX ? OK : -ELOOP);
		if (hops == MAP_HOPS_MAX)
			continue;
		assert_int_equal(m.hops, hops + 1);
		assert_int_equal(m.hop[hops].granter, fake_ep(ALICE));
	}
}

#define TEST(name) cmocka_unit_test_setup(name, fake_kernel)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_link_can_end_it),
		TEST(a_dead_link_ends_nothing),
		TEST(too_many_links_leave_nothing),
		TEST(all_windows_show_the_owners_memory),
		TEST(each_ends_all_that_is_behind_it),
		TEST(a_part_can_be_ended_alone),
		TEST(an_address_ends_what_begins_there),
		TEST(a_window_that_ends_leaves_what_is_behind_it),
		TEST(a_window_without_an_owner_is_its_users),
		TEST(rights_do_not_grow_at_any_level),
		TEST(a_range_lies_in_a_window_or_not),
		TEST(two_windows_are_not_one),
		TEST(links_and_windows_go_together),
		TEST(a_link_has_no_addresses),
		TEST(a_window_of_somebody_else_is_not_behind),
		TEST(a_record_has_so_many_hops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
