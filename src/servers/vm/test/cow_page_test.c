/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copy-on-write of one page: who names its frame, who may store, and what
 * becomes of entries and counts when somebody wants it for himself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/cow_fake.h"
#include "test/unit/status.h"

static void
test_copy_and_page_name_one_frame(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), copy = 0;
	phys_bytes frame = *pte & PTE_FRAME;

	(void)state;
	assert_status(cow_share_page(pte, &copy, PTE_WRITABLE, FRAME_USER), OK);
	assert_int_equal(copy & PTE_FRAME, frame);
	assert_int_equal(*pte & PTE_FRAME, frame);
	assert_int_equal(frame_refs(frame), 2);
	assert_status(cow_share_page(pte, &copy, PTE_WRITABLE, FRAME_USER), OK);
	assert_int_equal(frame_refs(frame), 3);
}

static void
test_neither_may_be_written(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), copy = 0;

	(void)state;
	*pte |= PTE_KW;
	assert_status(
	    cow_share_page(pte, &copy, PTE_WRITABLE | PTE_KW, FRAME_USER), OK);
	assert_int_equal(*pte & ~PTE_FRAME, PTE_READABLE);
	assert_int_equal(copy & ~PTE_FRAME, PTE_READABLE);
}

/* They are those it is given, whatever the page's are. */
static void
test_copy_has_its_own_flags(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), copy = 0;

	(void)state;
	*pte |= PTE_A | PTE_D;
	assert_status(cow_share_page(pte, &copy, PTE_P | PTE_CD, FRAME_USER),
	    OK);
	assert_int_equal(copy & ~PTE_FRAME, PTE_P | PTE_CD);
	assert_int_equal(*pte & (PTE_U | PTE_A | PTE_D), PTE_U | PTE_A | PTE_D);
}

static void
test_pinned_page_is_copied_and_stays_as_it_is(void **state)
{
	static const uint32_t stores[] = { 0, PTE_W, PTE_KW, PTE_W | PTE_KW };
	uint32_t *pte = pt_entry(from->page_dir, SRC), was, copy, i;

	(void)state;
	for (i = 0; i < 4; i++) {
		copy = 0;
		*pte = (*pte & ~PTE_STORES) | stores[i] | PTE_PINNED;
		was = *pte;
		assert_status(
		    cow_share_page(pte, &copy, PTE_WRITABLE, FRAME_USER), OK);
		assert_int_equal(*pte, was);
		assert_int_equal(frame_refs(was & PTE_FRAME), 1);
		assert_int_equal(copy & ~PTE_FRAME, PTE_WRITABLE);
		assert_int_equal(frame_refs(copy & PTE_FRAME), 1);
		assert_memory_equal(window_at(copy & PTE_FRAME),
		    window_at(was & PTE_FRAME), PAGE_SIZE);
	}
}

static void
test_pinned_page_and_no_frame(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), was, copy = 0;

	(void)state;
	*pte |= PTE_PINNED;
	was = *pte;
	leave_frames(0);
	assert_status(cow_share_page(pte, &copy, PTE_WRITABLE, FRAME_USER),
	    -ENOMEM);
	assert_int_equal(*pte, was);
	assert_int_equal(copy, 0);
	/* A service may have the last frame. */
	assert_status(cow_share_page(pte, &copy, PTE_WRITABLE, FRAME_SERVICE),
	    OK);
}

static void
test_sharing_takes_no_frame(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), copy = 0, n;

	(void)state;
	leave_frames(0);
	n = frames_free();
	assert_status(cow_share_page(pte, &copy, PTE_WRITABLE, FRAME_USER), OK);
	assert_int_equal(frames_free(), n);
}

static void
test_one_of_several_gets_a_copy(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), a = 0, b = 0;
	phys_bytes frame = *pte & PTE_FRAME;
	uint8_t *page = window_at(frame);
	uint32_t i;

	(void)state;
	for (i = 0; i < PAGE_SIZE; i++)
		page[i] = (uint8_t)(i * 7 + i / 256);
	assert_status(cow_share_page(pte, &a, PTE_WRITABLE, FRAME_USER), OK);
	assert_status(cow_share_page(pte, &b, PTE_WRITABLE, FRAME_USER), OK);
	assert_status(cow_own_page(from, pte, PTE_W), OK);
	assert_int_not_equal(*pte & PTE_FRAME, frame);
	assert_int_equal(*pte & ~PTE_FRAME, PTE_WRITABLE);
	assert_memory_equal(window_at(*pte & PTE_FRAME), page, PAGE_SIZE);
	assert_int_equal(frame_refs(*pte & PTE_FRAME), 1);
	assert_int_equal(from->count.pages_copied, 1);
	/* The others keep theirs, as they are. */
	assert_int_equal(frame_refs(frame), 2);
	assert_int_equal(a, frame | PTE_READABLE);
	assert_int_equal(b, frame | PTE_READABLE);
	assert_status(cow_own_page(to, &a, PTE_W), OK);
	assert_int_equal(frame_refs(frame), 1);
	assert_int_equal(to->count.pages_copied, 1);
	assert_int_equal(from->count.pages_copied, 1);
}

static void
test_the_last_one_copies_nothing(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), a = 0, n;
	phys_bytes frame = *pte & PTE_FRAME;

	(void)state;
	assert_status(cow_share_page(pte, &a, PTE_WRITABLE, FRAME_USER), OK);
	assert_status(cow_own_page(from, pte, PTE_W), OK);
	leave_frames(0);
	n = frames_free();
	assert_status(cow_own_page(to, &a, PTE_W), OK);
	assert_int_equal(a, frame | PTE_WRITABLE);
	assert_int_equal(frame_refs(frame), 1);
	assert_int_equal(frames_free(), n);
	assert_int_equal(to->count.pages_copied, 0);
}

static void
test_only_the_right_asked_for_is_added(void **state)
{
	static const uint32_t rights[] = { 0, PTE_W, PTE_KW };
	uint32_t *pte = pt_entry(from->page_dir, SRC), a, i;

	(void)state;
	for (i = 0; i < 3; i++) {
		a = 0;
		assert_status(cow_share_page(pte, &a, PTE_READABLE, FRAME_USER),
		    OK);
		assert_status(cow_own_page(to, &a, rights[i]), OK); /* a copy */
		assert_int_equal(a & ~PTE_FRAME, PTE_READABLE | rights[i]);
		frame_release(a & PTE_FRAME);
		assert_status(cow_own_page(from, pte, rights[i]),
		    OK); /* alone */
		assert_int_equal(*pte & PTE_STORES, rights[i]);
		*pte &= ~PTE_STORES;
	}
}

/* No device knows the new frame, whatever knew the old one. */
static void
test_a_frame_of_its_own_is_not_pinned(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), a = 0;

	(void)state;
	assert_status(cow_share_page(pte, &a, PTE_WRITABLE, FRAME_USER), OK);
	*pte |= PTE_PINNED | PTE_CD;
	assert_status(cow_own_page(from, pte, PTE_W), OK);
	assert_int_equal(*pte & ~PTE_FRAME, PTE_WRITABLE | PTE_CD);
}

static void
test_no_frame_for_a_copy(void **state)
{
	uint32_t *pte = pt_entry(from->page_dir, SRC), a = 0;
	phys_bytes frame = *pte & PTE_FRAME;

	(void)state;
	assert_status(cow_share_page(pte, &a, PTE_WRITABLE, FRAME_USER), OK);
	leave_frames(0);
	assert_status(cow_own_page(from, pte, PTE_W), -ENOMEM);
	assert_int_equal(*pte, frame | PTE_READABLE);
	assert_int_equal(frame_refs(frame), 2);
	assert_int_equal(from->count.pages_copied, 0);
	/* A service may have the last frame. */
	from->flags |= VMF_SERVICE;
	assert_status(cow_own_page(from, pte, PTE_W), OK);
}

static void
test_more_sharers_than_a_byte_counts(void **state)
{
	static uint32_t copies[300];
	uint32_t *pte = pt_entry(from->page_dir, SRC), i;
	phys_bytes frame = *pte & PTE_FRAME;

	(void)state;
	memset(copies, 0, sizeof copies);
	for (i = 0; i < 300; i++)
		assert_status(
		    cow_share_page(pte, &copies[i], PTE_WRITABLE, FRAME_USER),
		    OK);
	assert_int_equal(frame_refs(frame), 301);
	for (i = 0; i < 45; i++)
		frame_release(copies[i] & PTE_FRAME);
	assert_int_equal(frame_refs(frame), 256);
	assert_status(cow_own_page(from, pte, PTE_W), OK);
	assert_int_not_equal(*pte & PTE_FRAME, frame);
	assert_int_equal(frame_refs(frame), 255);
}

static void
test_fork_shares_all_but_pinned_pages(void **state)
{
	struct vmproc *child;
	uint32_t pinned;

	(void)state;
	pin(from, SRC + PAGES(2));
	pinned = fake_entry(from, SRC + PAGES(2));
	child = fake_fork(from, USER_SLOT + 5);
	assert_int_equal(refs(from, SRC), 2);
	assert_int_equal(fake_entry(child, SRC), fake_entry(from, SRC));
	assert_int_equal(fake_entry(from, SRC + PAGES(2)), pinned);
	assert_int_equal(refs(child, SRC + PAGES(2)), 1);
	assert_int_equal(fake_read(child, SRC + PAGES(2)), 12);
	fake_write(child, SRC, 66);
	assert_int_equal(fake_read(from, SRC), 10);
	fake_write(from, SRC + PAGES(1), 67);
	assert_int_equal(fake_read(child, SRC + PAGES(1)), 11);
	assert_int_equal(child->count.pages_copied, 1);
	assert_int_equal(from->count.pages_copied, 1);
	check_counts();
	vmproc_end(child);
	fake_write(from, SRC + PAGES(3), 68);
	assert_int_equal(from->count.pages_copied, 1);
	check_counts();
}

#define TEST(f) cmocka_unit_test_setup(f, cow_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_copy_and_page_name_one_frame),
		TEST(test_neither_may_be_written),
		TEST(test_copy_has_its_own_flags),
		TEST(test_pinned_page_is_copied_and_stays_as_it_is),
		TEST(test_pinned_page_and_no_frame),
		TEST(test_sharing_takes_no_frame),
		TEST(test_one_of_several_gets_a_copy),
		TEST(test_the_last_one_copies_nothing),
		TEST(test_only_the_right_asked_for_is_added),
		TEST(test_a_frame_of_its_own_is_not_pinned),
		TEST(test_no_frame_for_a_copy),
		TEST(test_more_sharers_than_a_byte_counts),
		TEST(test_fork_shares_all_but_pinned_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
