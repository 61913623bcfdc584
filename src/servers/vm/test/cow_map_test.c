/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies of ordinary pages that make none: who sees what, and whose frame it
 * is. Proves: A1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/cow_fake.h"
#include "test/unit/status.h"

#define ROOM_AT 0x403FD000u
#define ROOM    6 /* pages of each process that take part, across two tables */

static uint32_t drawn;
static uint8_t value[3][ROOM];

static uint32_t
draw(uint32_t n)
{
	drawn = drawn * 1664525u + 1013904223u;
	return (drawn >> 16) % n;
}

/* A few pages from anywhere to anywhere, but onto themselves. */
static void
copy_some(struct vmproc *const p[3])
{
	uint32_t a = draw(3), b = draw(3), n = 1 + draw(ROOM - 1), i;
	uint32_t src = draw(ROOM - n + 1), dst = draw(ROOM - n + 1);
	uint8_t was[ROOM];

	if (a == b && src < dst + n && dst < src + n)
		return;
	assert_status(copy_between(p[a], ROOM_AT + PAGES(src), p[b],
			  ROOM_AT + PAGES(dst), PAGES(n)),
	    OK);
	memcpy(was, value[a], sizeof was);
	for (i = 0; i < n; i++)
		value[b][dst + i] = was[src + i];
}

static void
step(struct vmproc *const p[3])
{
	uint32_t who = draw(3), page = draw(ROOM);

	if (draw(3) > 0) {
		copy_some(p);
	} else {
		value[who][page] = (uint8_t)drawn;
		fake_write(p[who], ROOM_AT + PAGES(page), value[who][page]);
	}
	who = draw(3);
	page = draw(ROOM);
	assert_int_equal(fake_read(p[who], ROOM_AT + PAGES(page)),
	    value[who][page]);
}

static void
test_private_pages_become_shared(void **state)
{
	uint32_t n;
	uint32_t i;

	(void)state;
	fake_write(to, DST, 1);
	fake_write(to, DST + PAGES(3), 1);
	n = frames_free();
	assert_status(copy(N), OK);
	assert_int_equal(frames_free(), n + 2); /* what was there is free */
	assert_int_equal(to->count.cow_shares, N);
	for (i = 0; i < N; i++) {
		assert_int_equal(refs(from, SRC + PAGES(i)), 2);
		assert_int_equal(fake_entry(from, SRC + PAGES(i)) & PTE_W, 0);
		assert_int_equal(fake_entry(to, DST + PAGES(i)) & ~PTE_FRAME,
		    PTE_READABLE);
		assert_int_equal(fake_read(to, DST + PAGES(i)), 10 + i);
	}
	assert_int_equal(to->count.pages_copied, 0);
}

static void
test_stores_stay_with_who_made_them(void **state)
{
	(void)state;
	assert_status(copy(N), OK);
	fake_write(from, SRC, 99);
	assert_int_equal(fake_read(to, DST), 10);
	fake_write(to, DST + PAGES(1), 98);
	assert_int_equal(fake_read(from, SRC + PAGES(1)), 11);
	fake_write(to, DST, 97);
	fake_write(from, SRC + PAGES(1), 96);
	assert_int_equal(fake_read(from, SRC), 99);
	assert_int_equal(fake_read(to, DST + PAGES(1)), 98);
	/* The last user of a frame has not copied it. */
	assert_int_equal(from->count.pages_copied, 1);
	assert_int_equal(to->count.pages_copied, 1);
}

static void
test_frames_outlive_either_side(void **state)
{
	uint32_t n = frames_free();

	(void)state;
	assert_status(copy(N), OK);
	vmproc_end(from);
	assert_int_equal(fake_read(to, DST + PAGES(2)), 12);
	fake_write(to, DST + PAGES(2), 5);
	assert_int_equal(to->count.pages_copied, 0);
	vmproc_end(to);
	/* N pages, three tables, two directories; two more tables were made
	 * for the copy. */
	assert_int_equal(frames_free(), n + N + 1 + 2);
}

static void
test_shared_page_gets_one_more_sharer(void **state)
{
	(void)state;
	assert_status(copy_between(from, SRC, third, DST, PAGES(1)), OK);
	assert_status(copy(1), OK);
	assert_int_equal(refs(from, SRC), 3);
	fake_write(third, DST, 50);
	assert_int_equal(refs(from, SRC), 2);
	assert_int_equal(fake_read(from, SRC), 10);
	assert_int_equal(fake_read(to, DST), 10);
	/* A copy over a shared page leaves the third its frame. */
	assert_status(copy_between(third, DST, to, DST, PAGES(1)), OK);
	assert_int_equal(fake_read(to, DST), 50);
	assert_int_equal(fake_read(from, SRC), 10);
	assert_int_equal(refs(from, SRC), 1);
	/* The same again: there is nothing to do. */
	assert_status(copy_between(third, DST, to, DST, PAGES(1)), OK);
	assert_int_equal(refs(to, DST), 2);
}

static void
test_child_of_the_source_is_a_sharer_too(void **state)
{
	struct vmproc *child;

	(void)state;
	assert_status(copy(1), OK);
	child = fake_fork(from, USER_SLOT + 5);
	assert_int_equal(refs(to, DST), 3);
	fake_write(child, SRC, 66);
	assert_int_equal(fake_read(to, DST), 10);
	assert_int_equal(fake_read(from, SRC), 10);
	fake_write(from, SRC, 67);
	assert_int_equal(fake_read(to, DST), 10);
}

static void
test_holes_are_copied(void **state)
{
	(void)state;
	fake_write(to, DST, 1);
	fake_write(to, SRC, 1);
	/* There is no table at the source at all. */
	assert_status(copy_between(third, DST, to, DST, PAGES(N)), OK);
	assert_int_equal(fake_entry(to, DST), 0);
	assert_int_equal(fake_read(to, DST), 0);
	/* There is a table, but no page. */
	fake_write(third, SRC + PAGES(1), 2);
	assert_status(copy_between(third, SRC, to, SRC, PAGES(2)), OK);
	assert_int_equal(fake_entry(to, SRC), 0);
	assert_int_equal(fake_read(to, SRC + PAGES(1)), 2);
	assert_int_equal(to->count.cow_shares, 1);
}

static void
test_a_hole_takes_the_place_of_a_shared_page(void **state)
{
	uint32_t n;

	(void)state;
	assert_status(copy(1), OK);
	n = frames_free();
	assert_status(copy_between(third, SRC, to, DST, PAGES(1)), OK);
	assert_int_equal(fake_entry(to, DST), 0);
	assert_int_equal(refs(from, SRC), 1);
	assert_int_equal(frames_free(), n);
	fake_write(to, DST, 1); /* private: its frame is given back */
	assert_status(copy_between(third, SRC, to, DST, PAGES(1)), OK);
	assert_int_equal(frames_free(), n);
}

/* Nearly all of it holes: what is at the ends arrives. */
static void
test_copies_can_be_long(void **state)
{
	const uint32_t pages = 4 * PT_ENTRIES + 200;
	const vir_bytes src = 0x40100000u, dst = 0x60200000u;
	const vir_bytes far = PAGES(4 * PT_ENTRIES);

	(void)state;
	/* They may commit themselves to more than there is. */
	from->flags |= VMF_SERVICE;
	to->flags |= VMF_SERVICE;
	assert_status(
	    region_add(from, src, src + PAGES(pages), REGION_ANON, RW), OK);
	assert_status(region_add(to, dst, dst + PAGES(pages), REGION_ANON, RW),
	    OK);
	fake_write(from, src, 1);
	fake_write(from, src + PAGES(pages - 1), 2);
	fake_write(to, dst + far, 3);
	assert_status(copy_between(from, src, to, dst, PAGES(pages)), OK);
	assert_int_equal(fake_entry(to, dst), fake_entry(from, src));
	assert_int_equal(fake_entry(to, dst + PAGES(pages - 1)),
	    fake_entry(from, src + PAGES(pages - 1)));
	assert_int_equal(fake_read(to, dst + PAGES(pages - 1)), 2);
	assert_int_equal(to->count.cow_shares, 2);
	assert_int_equal(fake_entry(to, dst + far), 0);
	check_counts();
}

static void
test_what_is_there_is_not_done_again(void **state)
{
	uint32_t mine, theirs;

	(void)state;
	assert_status(copy(2), OK);
	fake_write(to, DST + PAGES(1), 1);
	mine = fake_entry(from, SRC);
	theirs = fake_entry(to, DST);
	assert_status(copy(2), OK);
	assert_int_equal(fake_entry(from, SRC), mine);
	assert_int_equal(fake_entry(to, DST), theirs);
	assert_int_equal(refs(from, SRC), 2);
	assert_int_equal(fake_read(to, DST + PAGES(1)), 11);
	check_counts();
}

static void
test_ranges_cross_regions(void **state)
{
	(void)state;
	assert_status(
	    region_add(to, DST + PAGES(N), DST + PAGES(N + 1), REGION_DMA, RW),
	    OK);
	assert_status(copy_between(from, SRC, to, DST + PAGES(N - 1), PAGES(2)),
	    OK);
	assert_int_equal(fake_read(to, DST + PAGES(N)), 11);
	assert_status(region_add(from, SRC + PAGES(N), SRC + PAGES(N + 1),
			  REGION_ANON, RX),
	    OK);
	assert_int_equal(fake_read(from, SRC + PAGES(N)), 0);
	assert_status(copy_between(from, SRC + PAGES(N - 1), to, DST, PAGES(2)),
	    OK);
	assert_int_equal(fake_read(to, DST), 10 + N - 1);
	assert_int_equal(fake_read(to, DST + PAGES(1)), 0);
	assert_int_equal(refs(from, SRC + PAGES(N)), 2);
	check_counts();
}

/* A stack begins where it was touched so far, and may be copied into below. */
static void
test_a_stack_grows_to_take_pages(void **state)
{
	const vir_bytes top = USER_STACK_TOP - PAGES(1);

	(void)state;
	assert_status(region_add(to, top, USER_STACK_TOP, REGION_STACK, RW),
	    OK);
	assert_status(copy_between(from, SRC, to, top - PAGES(3), PAGES(N)),
	    OK);
	assert_int_equal(fake_read(to, top - PAGES(3)), 10);
	assert_int_equal(fake_read(to, top), 13);
	assert_status(copy_between(to, top - PAGES(2), third, DST, PAGES(3)),
	    OK);
	assert_int_equal(fake_read(third, DST), 11);
	check_counts();
}

/* Either side crosses one, or both do, there or elsewhere. */
static void
test_borders_of_tables(void **state)
{
	static const uint32_t before[][2] = { { 1, 9 }, { 9, 1 }, { 1, 3 },
		{ 3, 1 }, { 2, 2 }, { 0, 4 }, { 4, 0 } };
	const vir_bytes border = 0x40400000u, far = PAGES(2 * PT_ENTRIES);
	vir_bytes src, dst;
	uint32_t i, k;

	(void)state;
	assert_status(region_add(from, border - PAGES(9), border + PAGES(9),
			  REGION_ANON, RW),
	    OK);
	assert_status(region_add(to, border + far - PAGES(9),
			  border + far + PAGES(9), REGION_ANON, RW),
	    OK);
	for (i = 0; i < sizeof before / sizeof before[0]; i++) {
		src = border - PAGES(before[i][0]);
		dst = border + far - PAGES(before[i][1]);
		for (k = 0; k < N; k++)
			fake_write(from, src + PAGES(k), (uint8_t)(20 * i + k));
		assert_status(copy_between(from, src, to, dst, PAGES(N)), OK);
		for (k = 0; k < N; k++) {
			assert_int_equal(fake_entry(from, src + PAGES(k)),
			    fake_entry(to, dst + PAGES(k)));
			assert_int_equal(fake_read(to, dst + PAGES(k)),
			    (uint8_t)(20 * i + k));
		}
		check_counts();
	}
}

static void
test_code_can_be_copied(void **state)
{
	(void)state;
	assert_int_equal(fake_read(from, TEXT), 0);
	assert_status(copy_between(from, TEXT, to, DST, PAGES(1)), OK);
	fake_write(to, DST, 4);
	assert_int_equal(fake_read(from, TEXT), 0);
	/* The source's debugger does not write the copy. */
	assert_status(copy_between(from, TEXT, to, DST, PAGES(1)), OK);
	assert_status(page_provide(from, TEXT, ACCESS_FORCE), OK);
	*fake_byte(from, TEXT) = 0xCC;
	assert_int_equal(fake_read(to, DST), 0);
	assert_status(copy_between(from, TEXT, to, DST, PAGES(1)), OK);
	assert_int_equal(fake_entry(from, TEXT) & ~PTE_FRAME, PTE_READABLE);
	assert_int_equal(fake_read(to, DST), 0xCC);
}

static void
test_loading_image_takes_pages(void **state)
{
	uint32_t frame;

	(void)state;
	to->flags |= VMF_LOADING;
	assert_status(copy_between(from, SRC, to, TEXT, PAGES(2)), OK);
	frame = fake_entry(from, SRC) & PTE_FRAME;
	assert_int_equal(fake_entry(to, TEXT), frame | PTE_P); /* hidden */
	/* The loader goes on in bytes: not in the page of the cache. */
	assert_status(page_provide(to, TEXT + PAGES(1), ACCESS_WRITE), OK);
	assert_int_equal(refs(from, SRC + PAGES(1)), 1);
	assert_int_equal(fake_entry(to, TEXT + PAGES(1)) & ~PTE_FRAME,
	    PTE_P | PTE_KW);
	assert_int_equal(fake_read(to, TEXT), 10); /* it runs */
	assert_int_equal(fake_entry(to, TEXT), frame | PTE_READABLE);
	assert_int_equal(fake_entry(to, TEXT + PAGES(1)) & ~PTE_FRAME,
	    PTE_READABLE);
	assert_status(page_provide(to, TEXT, ACCESS_FORCE), OK);
	*fake_byte(to, TEXT) = 0xCC;
	assert_int_equal(fake_read(from, SRC), 10);
}

static void
test_loading_image_gives_pages(void **state)
{
	(void)state;
	from->flags |= VMF_LOADING;
	assert_status(page_provide(from, TEXT, ACCESS_WRITE), OK);
	assert_status(copy_between(from, TEXT, to, DST, PAGES(1)), OK);
	assert_int_equal(fake_entry(from, TEXT) & ~PTE_FRAME, PTE_P);
	assert_status(page_provide(from, TEXT, ACCESS_WRITE), OK);
	assert_int_equal(refs(to, DST), 1);
	/* The kernel can read what is hidden, too. */
	assert_status(copy_between(from, TEXT, to, DST, PAGES(1)), OK);
	assert_status(page_provide(from, TEXT, ACCESS_READ), OK);
	assert_int_equal(fake_entry(from, TEXT) & ~PTE_FRAME, PTE_P | PTE_KW);
	assert_status(page_provide(from, TEXT + PAGES(1), ACCESS_READ), OK);
	assert_int_equal(fake_entry(from, TEXT + PAGES(1)) & ~PTE_FRAME,
	    PTE_P | PTE_KW);
}

static void
test_one_page_many_sharers(void **state)
{
	vir_bytes at;
	uint32_t i;

	(void)state;
	cow_setup_with(FAKE_MEMORY);
	/* More than fit into eight bits, within one process. */
	assert_status(region_add(to, USER_MMAP_BASE,
			  USER_MMAP_BASE + PAGES(300), REGION_ANON, RW),
	    OK);
	for (i = 0; i < 300; i++) {
		at = USER_MMAP_BASE + PAGES(i);
		assert_status(copy_between(from, SRC, to, at, PAGES(1)), OK);
	}
	assert_int_equal(refs(from, SRC), 301);
	fake_write(from, SRC, 33);
	for (i = 0; i < 300; i++)
		assert_int_equal(fake_read(to, USER_MMAP_BASE + PAGES(i)), 10);
	vmproc_end(to);
	assert_int_equal(fake_read(from, SRC), 33);
}

static void
test_copies_within_one_process(void **state)
{
	(void)state;
	assert_status(copy_between(from, SRC, from, DST, PAGES(N)), OK);
	fake_write(from, DST, 1);
	assert_int_equal(fake_read(from, SRC), 10);
	assert_status(copy_between(from, SRC, from, SRC + PAGES(1), PAGES(1)),
	    OK);
	assert_int_equal(fake_read(from, SRC + PAGES(1)), 10);
	fake_write(from, SRC, 2);
	assert_int_equal(fake_read(from, SRC + PAGES(1)), 10);
}

/* Against a model that copies bytes at once. */
static void
test_copies_and_stores_in_any_order(void **state)
{
	struct vmproc *const p[] = { from, to, third };
	uint32_t i;

	(void)state;
	memset(value, 0, sizeof value);
	for (i = 0; i < 3; i++)
		assert_status(region_add(p[i], ROOM_AT, ROOM_AT + PAGES(ROOM),
				  REGION_ANON, RW),
		    OK);
	for (i = 0; i < 300; i++) {
		step(p);
		if (i % 50 == 0)
			check_counts();
	}
	check_counts();
	for (i = 0; i < 3; i++)
		vmproc_end(p[i]);
}

#define TEST(f) cmocka_unit_test_setup(f, cow_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_private_pages_become_shared),
		TEST(test_stores_stay_with_who_made_them),
		TEST(test_frames_outlive_either_side),
		TEST(test_shared_page_gets_one_more_sharer),
		TEST(test_child_of_the_source_is_a_sharer_too),
		TEST(test_holes_are_copied),
		TEST(test_a_hole_takes_the_place_of_a_shared_page),
		TEST(test_copies_can_be_long),
		TEST(test_what_is_there_is_not_done_again),
		TEST(test_ranges_cross_regions),
		TEST(test_a_stack_grows_to_take_pages),
		TEST(test_borders_of_tables),
		TEST(test_code_can_be_copied),
		TEST(test_loading_image_takes_pages),
		TEST(test_loading_image_gives_pages),
		TEST(test_one_page_many_sharers),
		TEST(test_copies_within_one_process),
		TEST(test_copies_and_stores_in_any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
