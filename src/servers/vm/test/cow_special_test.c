/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies of pages that are pinned, really shared or a device's: their bytes
 * move, their neighbours are shared. Proves: A1, A4.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/cow_fake.h"
#include "test/unit/status.h"

static void
test_really_shared_source_is_copied(void **state)
{
	(void)state;
	assert_status(window(third, DST, from, SRC, true), OK);
	assert_status(copy(1), OK);
	assert_int_equal(refs(from, SRC), 2);
	fake_write(third, DST, 70);
	assert_int_equal(fake_read(from, SRC), 70);
	assert_int_equal(fake_read(to, DST), 10);
	assert_int_equal(to->count.cow_shares, 0);
	/* The same out of the window. */
	assert_status(copy_between(third, DST, to, DST, PAGES(1)), OK);
	fake_write(from, SRC, 71);
	assert_int_equal(fake_read(to, DST), 70);
}

static void
test_really_shared_destination_keeps_its_sharers(void **state)
{
	(void)state;
	fake_write(to, DST, 1);
	assert_status(window(third, DST, to, DST, true), OK);
	assert_status(copy(2), OK);
	assert_int_equal(fake_read(third, DST), 10);
	assert_int_equal(refs(to, DST), 2);
	/* Through the window. */
	assert_status(copy_between(from, SRC + PAGES(1), third, DST, PAGES(1)),
	    OK);
	assert_int_equal(fake_read(to, DST), 11);
	/* A hole is zeros. */
	assert_status(copy_between(third, SRC, to, DST, PAGES(1)), OK);
	assert_int_equal(fake_read(third, DST), 0);
	assert_int_equal(refs(to, DST), 2);
}

static void
test_stale_mark_means_nothing(void **state)
{
	(void)state;
	assert_status(window(third, DST, from, SRC, true), OK);
	vmproc_end(third);
	assert_true((fake_entry(from, SRC) & PTE_SHARED) != 0);
	assert_status(copy(1), OK);
	assert_int_equal(refs(from, SRC), 2);
	assert_int_equal(fake_entry(from, SRC) & PTE_SPECIAL, 0);
	fake_write(from, SRC, 80);
	assert_int_equal(fake_read(to, DST), 10);
}

static void
test_a_stale_mark_of_the_destination_means_nothing(void **state)
{
	uint32_t n;

	(void)state;
	fake_write(to, DST, 1);
	assert_status(window(third, DST, to, DST, true), OK);
	vmproc_end(third);
	assert_true((fake_entry(to, DST) & PTE_SHARED) != 0);
	n = frames_free();
	assert_status(copy(1), OK);
	assert_int_equal(fake_entry(to, DST), fake_entry(from, SRC));
	assert_int_equal(fake_entry(to, DST) & PTE_SPECIAL, 0);
	assert_int_equal(frames_free(), n + 1);
	check_counts();
}

static void
test_pinned_pages_stay(void **state)
{
	phys_bytes mine, theirs;

	(void)state;
	fake_write(to, DST, 1);
	pin(from, SRC);
	pin(to, DST);
	mine = fake_entry(from, SRC);
	theirs = fake_entry(to, DST);
	assert_status(copy(N), OK);
	assert_int_equal(fake_entry(from, SRC), mine);
	assert_int_equal(fake_entry(to, DST), theirs);
	assert_int_equal(fake_read(to, DST), 10);
	assert_int_equal(to->count.cow_shares, N - 1);
	/* The device changes the source: the copy stays what it is. */
	*fake_byte(from, SRC) = 44;
	assert_int_equal(fake_read(to, DST), 10);
	(void)fake_fork(from, USER_SLOT + 5);
	assert_int_equal(fake_entry(from, SRC), mine);
}

/* Make a page of either side pinned or really shared. */
static void
make_special(uint32_t kind, vir_bytes at)
{
	if (kind == 0)
		pin(from, SRC + at);
	else if (kind == 1)
		pin(to, DST + at);
	else if (kind == 2)
		assert_status(window(third, DST, from, SRC + at, true), OK);
	else
		assert_status(window(third, DST, to, DST + at, true), OK);
}

static void
all_but_one_shared(uint32_t special)
{
	uint32_t i, mine, theirs;

	for (i = 0; i < N; i++) {
		assert_int_equal(fake_read(to, DST + PAGES(i)), 10 + i);
		mine = fake_entry(from, SRC + PAGES(i));
		theirs = fake_entry(to, DST + PAGES(i));
		if (i != special)
			assert_int_equal(mine, theirs);
		else
			assert_int_not_equal(mine & PTE_FRAME,
			    theirs & PTE_FRAME);
	}
}

/* Each of four places in turn, on either side, pinned or really shared. */
static void
test_a_special_page_among_others(void **state)
{
	uint32_t i, kind;

	(void)state;
	for (kind = 0; kind < 4; kind++) {
		for (i = 0; i < N; i++) {
			(void)cow_setup(NULL);
			fake_write(to, DST + PAGES(i), 1);
			make_special(kind, PAGES(i));
			assert_status(copy(N), OK);
			all_but_one_shared(i);
			assert_int_equal(to->count.cow_shares, N - 1);
			check_counts();
		}
	}
}

static void
test_a_hole_is_zeros_where_bytes_are_copied(void **state)
{
	uint32_t i, entry;
	const uint8_t *page;

	(void)state;
	fake_write(to, DST, 1);
	pin(to, DST);
	entry = fake_entry(to, DST);
	page = window_at(entry & PTE_FRAME);
	memset(window_at(entry & PTE_FRAME), 0xA5, PAGE_SIZE);
	/* There is no page, and then there is no table either. */
	assert_status(copy_between(third, SRC, to, DST, PAGES(1)), OK);
	for (i = 0; i < PAGE_SIZE; i++)
		assert_int_equal(page[i], 0);
	*fake_byte(to, DST) = 1;
	assert_status(copy_between(third, DST, to, DST, PAGES(1)), OK);
	assert_int_equal(*fake_byte(to, DST), 0);
	assert_int_equal(fake_entry(to, DST), entry);
	assert_int_equal(fake_entry(third, SRC), 0);
	/* Each page of several. */
	for (i = 0; i < N; i++) {
		fake_write(to, SRC + PAGES(i), 5);
		pin(to, SRC + PAGES(i));
	}
	assert_status(copy_between(third, SRC, to, SRC, PAGES(N)), OK);
	for (i = 0; i < N; i++)
		assert_int_equal(*fake_byte(to, SRC + PAGES(i)), 0);
}

/* The destination is shared copy-on-write, and bytes must go into it. */
static void
test_special_into_shared_copy_on_write(void **state)
{
	(void)state;
	assert_status(copy(1), OK);
	fake_write(third, SRC, 33);
	pin(third, SRC);
	assert_status(copy_between(third, SRC, to, DST, PAGES(1)), OK);
	assert_int_equal(fake_read(to, DST), 33);
	assert_int_equal(fake_read(from, SRC), 10);
	assert_int_equal(refs(from, SRC), 1);
	assert_int_equal(refs(to, DST), 1);
	check_counts();
}

/* Two pages of one process have one frame. Once the first has one of its own,
 * the second is alone with it and needs none. */
static void
test_two_pages_with_one_frame_take_one(void **state)
{
	uint32_t n;
	int i;

	(void)state;
	for (i = 0; i < 2; i++)
		pin(from, SRC + PAGES((vir_bytes)i));
	fake_write(to, DST, 1);
	for (i = 0; i < 3; i++) {
		assert_status(
		    copy_between(to, DST, to, DST + PAGES(1), PAGES(1)), OK);
		assert_int_equal(refs(to, DST), 2);
		n = frames_free();
		assert_status(copy(2), OK);
		assert_int_equal(frames_free(), n - 1);
		assert_int_equal(fake_read(to, DST), 10);
		assert_int_equal(fake_read(to, DST + PAGES(1)), 11);
		assert_int_equal(refs(to, DST), 1);
		assert_int_equal(refs(to, DST + PAGES(1)), 1);
		check_counts();
	}
}

static void
test_device_memory_is_copied_where_it_is(void **state)
{
	struct vm_map_phys_req req = { .phys = 0x10000, .length = PAGE_SIZE };
	struct vm_map_phys_rep rep;

	(void)state;
	assert_status(do_vm_map_phys(to->ep, &req, &rep), OK);
	assert_status(copy_between(from, SRC, to, rep.addr, PAGES(1)), OK);
	assert_int_equal(*fake_byte(to, rep.addr), 10);
	assert_int_equal(fake_entry(to, rep.addr) & PTE_FRAME, 0x10000);
	assert_status(copy_between(to, rep.addr, to, DST, PAGES(1)), OK);
	fake_write(to, DST, 1);
	assert_int_equal(*fake_byte(to, rep.addr), 10);
}

/* The mark is left of a sharing that has ended, and bytes must be copied. */
static void
test_special_into_a_stale_mark(void **state)
{
	(void)state;
	fake_write(to, DST, 1);
	assert_status(window(third, DST, to, DST, true), OK);
	vmproc_end(third);
	*pt_entry(to->page_dir, DST) &= ~PTE_W;
	pin(from, SRC);
	assert_status(copy(1), OK);
	assert_int_equal(fake_read(to, DST), 10);
	assert_int_equal(refs(to, DST), 1);
	check_counts();
}

/* Pinned pages keep their frames, also without a right to store. */
static void
test_pinned_destination_without_stores(void **state)
{
	phys_bytes frame;

	(void)state;
	fake_write(to, DST, 1);
	pin(to, DST);
	*pt_entry(to->page_dir, DST) &= ~PTE_W;
	frame = fake_entry(to, DST) & PTE_FRAME;
	assert_status(copy(1), OK);
	assert_int_equal(fake_read(to, DST), 10);
	assert_int_equal(fake_entry(to, DST) & PTE_FRAME, frame);
	assert_int_equal(refs(from, SRC), 1);
}

#define TEST(f) cmocka_unit_test_setup(f, cow_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_really_shared_source_is_copied),
		TEST(test_really_shared_destination_keeps_its_sharers),
		TEST(test_stale_mark_means_nothing),
		TEST(test_a_stale_mark_of_the_destination_means_nothing),
		TEST(test_pinned_pages_stay),
		TEST(test_a_special_page_among_others),
		TEST(test_a_hole_is_zeros_where_bytes_are_copied),
		TEST(test_special_into_shared_copy_on_write),
		TEST(test_special_into_a_stale_mark),
		TEST(test_pinned_destination_without_stores),
		TEST(test_two_pages_with_one_frame_take_one),
		TEST(test_device_memory_is_copied_where_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
