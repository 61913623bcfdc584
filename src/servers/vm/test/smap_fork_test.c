/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Children of those who share memory: what is really shared is copied for
 * them, what only was is like any other page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/smap_fake.h"
#include "test/unit/status.h"

static void
test_child_of_either_gets_a_copy(void **state)
{
	struct vmproc *a, *b;

	(void)state;
	assert_status(map(1), OK);
	a = fake_fork(grantee, USER_SLOT + 5);
	b = fake_fork(owner, USER_SLOT + 6);
	fake_write(owner, MEM, 50);
	assert_int_equal(fake_read(grantee, WIN), 50);
	assert_int_equal(fake_read(a, WIN), 10);
	assert_int_equal(fake_read(b, MEM), 10);
	fake_write(grantee, WIN, 51);
	assert_int_equal(fake_read(owner, MEM), 51);
	fake_write(a, WIN, 52);
	fake_write(b, MEM, 53);
	assert_int_equal(fake_read(owner, MEM), 51);
	assert_int_equal(refs(owner, MEM), 2);
	assert_int_equal(refs(a, WIN), 1);
	assert_int_equal(refs(b, MEM), 1);
	assert_int_equal(fake_entry(a, WIN) & ~PTE_FRAME, PTE_WRITABLE);
}

static void
test_entries_of_the_parent_stay(void **state)
{
	uint32_t i, of_owner[N], of_grantee[N];
	int write;

	for (write = 0; write < 2; write++) {
		(void)smap_setup(state);
		assert_status(map(write), OK);
		for (i = 0; i < N; i++) {
			of_owner[i] = fake_entry(owner, MEM + PAGES(i));
			of_grantee[i] = fake_entry(grantee, WIN + PAGES(i));
		}
		(void)fake_fork(grantee, USER_SLOT + 5);
		(void)fake_fork(owner, USER_SLOT + 6);
		for (i = 0; i < N; i++) {
			assert_int_equal(fake_entry(owner, MEM + PAGES(i)),
			    of_owner[i]);
			assert_int_equal(fake_entry(grantee, WIN + PAGES(i)),
			    of_grantee[i]);
		}
	}
}

static void
test_child_may_write_its_copy_of_a_window_for_looking(void **state)
{
	struct vmproc *child;

	(void)state;
	assert_status(map(0), OK);
	child = fake_fork(grantee, USER_SLOT + 5);
	fake_write(child, WIN, 52);
	assert_int_equal(fake_read(grantee, WIN), 10);
	assert_true(store_kills(grantee, WIN));
}

/* The child of an owner whose memory is for looking may only look. */
static void
test_child_has_the_rights_of_its_region(void **state)
{
	struct vmproc *child;

	(void)state;
	assert_status(map_of(grantee, WIN, owner, TEXT, PAGES(2), 0), OK);
	child = fake_fork(owner, USER_SLOT + 5);
	assert_int_equal(fake_entry(child, TEXT) & ~PTE_FRAME, PTE_READABLE);
	assert_int_equal(refs(child, TEXT), 1);
	assert_true(store_kills(child, TEXT));
}

static void
test_child_shares_what_is_shared_no_more(void **state)
{
	struct vmproc *child;
	uint32_t n;

	(void)state;
	assert_status(map(1), OK);
	vmproc_end(grantee);
	n = frames_free();
	child = fake_fork(owner, USER_SLOT + 5);
	assert_in_range(n - frames_free(), 1, 4); /* directory, tables */
	assert_int_equal(refs(owner, MEM), 2);
	assert_true(same_frame(owner, MEM, child, MEM));
	assert_int_equal((fake_entry(owner, MEM) | fake_entry(child, MEM)) &
		(PTE_SHARED | PTE_W),
	    0);
	fake_write(owner, MEM, 50);
	assert_int_equal(fake_read(child, MEM), 10);
}

/* The entry itself, and frames that run out. */
static void
test_one_page(void **state)
{
	uint32_t child = 0, parent, *pte;

	(void)state;
	assert_status(map(1), OK);
	pte = pt_entry(owner->page_dir, MEM);
	parent = *pte;
	leave_frames(0);
	assert_status(smap_fork_page(pte, &child, PTE_WRITABLE, FRAME_USER),
	    -ENOMEM);
	assert_int_equal(child, 0);
	assert_int_equal(*pte, parent);
	assert_int_equal(refs(owner, MEM), 2);
	assert_status(smap_fork_page(pte, &child, PTE_READABLE, FRAME_SERVICE),
	    OK);
	assert_int_equal(*pte, parent);
	assert_int_equal(child & ~PTE_FRAME, PTE_READABLE);
	assert_int_not_equal(child & PTE_FRAME, parent & PTE_FRAME);
	assert_int_equal(frame_refs(child & PTE_FRAME), 1);
	/* Nobody else has it: no frame is needed. */
	vmproc_end(grantee);
	return_frames();
	leave_frames(0);
	child = 0;
	assert_status(smap_fork_page(pte, &child, PTE_WRITABLE, FRAME_USER),
	    OK);
	assert_int_equal(child & PTE_FRAME, *pte & PTE_FRAME);
	assert_int_equal(child & ~PTE_FRAME, PTE_READABLE);
	assert_int_equal(*pte & ~PTE_FRAME, PTE_READABLE);
	assert_int_equal(refs(owner, MEM), 2);
}

/* A device knows the page, which nobody else has any more: the child gets a
 * copy, if there is a frame for it. */
static void
test_page_that_stays_where_it_is(void **state)
{
	uint32_t child = 0, parent, *pte;

	(void)state;
	assert_status(map(1), OK);
	vmproc_end(grantee);
	pte = pt_entry(owner->page_dir, MEM);
	*pte |= PTE_PINNED;
	parent = *pte & ~PTE_SHARED;
	leave_frames(0);
	assert_status(smap_fork_page(pte, &child, PTE_WRITABLE, FRAME_USER),
	    -ENOMEM);
	assert_int_equal(child, 0);
	assert_int_equal(*pte & ~PTE_SHARED, parent);
	return_frames();
	assert_status(smap_fork_page(pte, &child, PTE_WRITABLE, FRAME_USER),
	    OK);
	assert_int_equal(child & ~PTE_FRAME, PTE_WRITABLE);
	assert_int_not_equal(child & PTE_FRAME, parent & PTE_FRAME);
	assert_int_equal(*pte & ~PTE_SHARED, parent);
	assert_int_equal(refs(owner, MEM), 1);
}

#define TEST(f) cmocka_unit_test_setup(f, smap_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_child_of_either_gets_a_copy),
		TEST(test_entries_of_the_parent_stay),
		TEST(test_child_may_write_its_copy_of_a_window_for_looking),
		TEST(test_child_has_the_rights_of_its_region),
		TEST(test_child_shares_what_is_shared_no_more),
		TEST(test_one_page),
		TEST(test_page_that_stays_where_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
