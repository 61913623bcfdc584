/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Ending windows: what the grantee keeps, what the others do not notice, and
 * that without frames nothing ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/smap_fake.h"
#include "test/unit/status.h"

/* A page of a former window is the grantee's own. */
static void
own_page(vir_bytes addr, uint8_t value)
{
	assert_int_equal(fake_entry(grantee, addr) & ~PTE_FRAME, PTE_WRITABLE);
	assert_int_equal(refs(grantee, addr), 1);
	assert_int_equal(fake_read(grantee, addr), value);
}

static void
test_end_of_sharing_keeps_the_contents(void **state)
{
	uint32_t n, i;

	(void)state;
	n = frames_free();
	assert_status(map(1), OK);
	for (i = 0; i < N; i++)
		fake_write(owner, MEM + PAGES(i), (uint8_t)(50 + i));
	assert_status(unmap(), OK);
	for (i = 0; i < N; i++) {
		assert_int_equal(refs(owner, MEM + PAGES(i)), 1);
		own_page(WIN + PAGES(i), (uint8_t)(50 + i));
		fake_write(owner, MEM + PAGES(i), 60);
		own_page(WIN + PAGES(i), (uint8_t)(50 + i));
		fake_write(grantee, WIN + PAGES(i), 61);
		assert_int_equal(fake_read(owner, MEM + PAGES(i)), 60);
	}
	assert_int_equal(n - frames_free(), N + 2); /* and tables */
	n = frames_free();
	assert_status(unmap(), OK); /* again: nothing to do */
	assert_int_equal(frames_free(), n);
	own_page(WIN, 61);
	assert_status(map(1), OK); /* and it can be one again */
	assert_int_equal(fake_read(grantee, WIN), 60);
}

static void
test_others_go_on_sharing(void **state)
{
	(void)state;
	assert_status(map(1), OK);
	assert_status(map_of(third, EDGE, owner, MEM, PAGES(N), 1), OK);
	assert_int_equal(refs(owner, MEM), 3);
	fake_write(grantee, WIN, 50);
	assert_status(unmap(), OK);
	assert_int_equal(refs(owner, MEM), 2);
	fake_write(grantee, WIN, 51);
	fake_write(owner, MEM, 52);
	assert_int_equal(fake_read(third, EDGE), 52);
	own_page(WIN, 51);
	assert_status(unmap_of(third, EDGE, PAGES(N)), OK);
	fake_write(third, EDGE, 53);
	assert_int_equal(fake_read(owner, MEM), 52);
}

/* Only a part of what there is, in one table or in two. */
static void
test_as_much_as_was_asked_for(void **state)
{
	static const vir_bytes at[] = { WIN, EDGE, MEM };
	static const vir_bytes part[][2] = { { 0, 1 }, { 1, 2 }, { 2, 2 },
		{ 3, 1 }, { 0, 4 } };
	vir_bytes i, first, n;
	int k;

	for (k = 0; k < 15; k++) {
		(void)smap_setup(state);
		first = part[k % 5][0];
		n = part[k % 5][1];
		assert_status(
		    map_of(grantee, at[k / 5], owner, MEM, PAGES(N), 1), OK);
		assert_status(
		    unmap_of(grantee, at[k / 5] + PAGES(first), PAGES(n)), OK);
		for (i = 0; i < N; i++)
			assert_int_equal(same_frame(grantee,
					     at[k / 5] + PAGES(i), owner,
					     MEM + PAGES(i)),
			    i < first || i >= first + n);
	}
}

/* What is not really shared stays as it is: private, absent, shared
 * copy-on-write. */
static void
test_other_pages_stay_as_they_are(void **state)
{
	struct vmproc *child;
	uint32_t i, entry[N];

	(void)state;
	fake_write(grantee, WIN, 1);
	child = fake_fork(grantee, USER_SLOT + 5);
	fake_write(grantee, WIN + PAGES(1), 2);
	assert_status(map_of(grantee, WIN + PAGES(3), owner, MEM, PAGES(1), 1),
	    OK);
	for (i = 0; i < N; i++)
		entry[i] = fake_entry(grantee, WIN + PAGES(i));
	assert_status(unmap(), OK);
	for (i = 0; i < N - 1; i++)
		assert_int_equal(fake_entry(grantee, WIN + PAGES(i)), entry[i]);
	assert_true(same_frame(grantee, WIN, child, WIN));
	own_page(WIN + PAGES(3), 10);
	/* Where there is not even a table, or a region. */
	assert_status(unmap_of(third, EDGE, PAGES(N)), OK);
	assert_status(unmap_of(third, 0x10000000u, PAGES(N)), OK);
	assert_int_equal(fake_entry(third, EDGE), 0);
}

static void
test_unmap_when_all_others_are_gone(void **state)
{
	uint32_t n;

	(void)state;
	assert_status(map(1), OK);
	vmproc_end(owner);
	leave_frames(0); /* it takes none */
	n = frames_free();
	assert_status(unmap(), OK);
	assert_int_equal(frames_free(), n);
	return_frames();
	own_page(WIN, 10);
	fake_write(grantee, WIN, 11);
	own_page(WIN, 11);
	vmproc_end(grantee);
	assert_status(unmap(), OK); /* who is dead has no window */
}

static void
test_no_frames_nothing_changes(void **state)
{
	uint32_t left, i;

	(void)state;
	for (left = 0; left < N; left++) {
		(void)smap_setup(state);
		assert_status(map(1), OK);
		leave_frames(left);
		assert_status(unmap(), -ENOMEM);
		for (i = 0; i < N; i++)
			assert_int_equal(refs(owner, MEM + PAGES(i)), 2);
		fake_write(owner, MEM, 50);
		assert_int_equal(fake_read(grantee, WIN), 50);
		fake_write(grantee, WIN + PAGES(N - 1), 51);
		assert_int_equal(fake_read(owner, MEM + PAGES(N - 1)), 51);
		return_frames();
		leave_frames(N);
		assert_status(unmap(), OK);
		own_page(WIN, 50);
		own_page(WIN + PAGES(N - 1), 51);
	}
}

/* Some pages are shared no more: they take no frame. */
static void
test_only_shared_pages_take_frames(void **state)
{
	uint32_t n;

	(void)state;
	assert_status(map_of(grantee, WIN, owner, MEM, PAGES(1), 1), OK);
	assert_status(map_of(grantee, WIN + PAGES(1), third, MEM, PAGES(3), 1),
	    OK);
	vmproc_end(third);
	leave_frames(0);
	assert_status(unmap(), -ENOMEM);
	assert_int_equal(refs(owner, MEM), 2);
	return_frames();
	leave_frames(1);
	n = frames_free();
	assert_status(unmap(), OK);
	assert_int_equal(frames_free(), n - 1);
	own_page(WIN, 10);
	own_page(WIN + PAGES(2), 0);
}

/* The grantee has given back some pages of its window: there is no region any
 * more, nor need there be. The others end as ever. */
static void
test_window_with_holes(void **state)
{
	struct vm_munmap_req req = { .length = PAGES(1) };
	struct no_payload none;
	uint32_t i, hole;

	for (hole = 0; hole < N; hole++) {
		(void)smap_setup(state);
		assert_status(map(1), OK);
		req.addr = WIN + PAGES(hole);
		assert_status(do_vm_munmap(grantee->ep, &req, &none), OK);
		assert_status(unmap(), OK);
		for (i = 0; i < N; i++) {
			assert_int_equal(refs(owner, MEM + PAGES(i)), 1);
			if (i != hole)
				own_page(WIN + PAGES(i), (uint8_t)(10 + i));
		}
		assert_int_equal(fake_entry(grantee, WIN + PAGES(hole)), 0);
	}
}

/* One that ends needs no frames to lose its window, now or when it has gone. */
static void
test_end_of_one_that_exits(void **state)
{
	(void)state;
	assert_status(map(1), OK);
	leave_frames(0);
	grantee->flags |= VMF_EXITING;
	assert_status(unmap(), OK);
	fake_write(owner, MEM, 50);
	return_frames();
	vmproc_end(grantee);
	assert_int_equal(refs(owner, MEM), 1);
	assert_int_equal(refs(owner, MEM + PAGES(N - 1)), 1);
	assert_int_equal(fake_read(owner, MEM), 50);
}

static void
test_end_of_the_grantee(void **state)
{
	uint32_t n;

	(void)state;
	assert_status(map(1), OK);
	fake_write(grantee, WIN, 50);
	n = frames_free();
	vmproc_end(grantee);
	assert_int_equal(frames_free(), n + 3); /* directory, two tables */
	assert_int_equal(fake_read(owner, MEM), 50);
	assert_int_equal(refs(owner, MEM), 1);
	fake_write(owner, MEM, 51);
	/* The mark that is left does not make it shared. */
	assert_status(map_of(third, WIN, owner, MEM, PAGES(1), 1), OK);
	fake_write(third, WIN, 52);
	assert_int_equal(fake_read(owner, MEM), 52);
}

static void
test_ranges(void **state)
{
	struct vmproc none = { .ep = NONE };

	(void)state;
	assert_status(map(1), OK);
	assert_status(unmap_of(&none, WIN, PAGES(1)), OK);
	assert_status(unmap_of(grantee, WIN + 1, PAGES(1)), -EINVAL);
	assert_status(unmap_of(grantee, WIN, PAGES(1) + 1), -EINVAL);
	assert_status(unmap_of(grantee, WIN, 0), -EINVAL);
	assert_status(unmap_of(grantee, WIN, 0xFFFFF000u), -EFAULT);
	assert_status(unmap_of(grantee, KERNEL_BASE, PAGES(1)), -EFAULT);
	assert_status(unmap_of(grantee, PAGES(1), PAGES(3)), OK);
	assert_int_equal(refs(owner, MEM), 2);
}

static void
test_window_on_oneself(void **state)
{
	(void)state;
	assert_status(map_of(owner, WIN, owner, MEM, PAGES(N), 1), OK);
	fake_write(owner, WIN, 50);
	assert_status(unmap_of(owner, WIN, PAGES(N)), OK);
	fake_write(owner, WIN, 51);
	assert_int_equal(fake_read(owner, MEM), 50);
	assert_int_equal(fake_read(owner, WIN), 51);
}

static void
test_pinned_pages_stay_where_they_are(void **state)
{
	uint32_t entry;

	(void)state;
	*pt_entry(owner->page_dir, MEM) |= PTE_PINNED;
	entry = fake_entry(owner, MEM);
	assert_status(map(1), OK);
	assert_status(unmap(), OK);
	assert_int_equal(fake_entry(owner, MEM) & ~PTE_SHARED, entry);
}

static void
test_figures(void **state)
{
	struct vm_info_req all = { NONE };
	struct vm_info_rep rep = { 0 };

	(void)state;
	assert_status(map(1), OK);
	assert_status(unmap(), OK);
	assert_status(do_vm_info(PM_PROC_NR, &all, &rep), OK);
	assert_int_equal(rep.smap_pages, 0);
}

#define TEST(f) cmocka_unit_test_setup(f, smap_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_end_of_sharing_keeps_the_contents),
		TEST(test_others_go_on_sharing),
		TEST(test_as_much_as_was_asked_for),
		TEST(test_other_pages_stay_as_they_are),
		TEST(test_unmap_when_all_others_are_gone),
		TEST(test_no_frames_nothing_changes),
		TEST(test_only_shared_pages_take_frames),
		TEST(test_window_with_holes),
		TEST(test_end_of_one_that_exits),
		TEST(test_end_of_the_grantee),
		TEST(test_ranges),
		TEST(test_window_on_oneself),
		TEST(test_pinned_pages_stay_where_they_are),
		TEST(test_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
