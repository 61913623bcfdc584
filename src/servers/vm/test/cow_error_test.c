/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies of pages that cannot be made: they leave no trace. Proves: A1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/cow_fake.h"
#include "test/unit/status.h"

static void
test_senseless_copies_are_refused(void **state)
{
	static const struct {
		vir_bytes src, dst, length;
		int status;
	} bad[] = {
		{ SRC, DST, 0, -EINVAL },
		{ SRC + 1, DST, PAGES(1), -EINVAL },
		{ SRC, DST + 1, PAGES(1), -EINVAL },
		{ SRC, DST, PAGES(1) + 1, -EINVAL },
		{ SRC, DST, PAGES(N + 1), -EFAULT },
		{ SRC - PAGES(1), DST, PAGES(2), -EFAULT },
		{ SRC, DST - PAGES(1), PAGES(2), -EFAULT },
		{ SRC, DST, 0xFFFFF000u, -EFAULT },
		{ 0xFFFFF000u, DST, PAGES(2), -EFAULT },
		{ SRC, 0xFFFFF000u, PAGES(1), -EFAULT },
		{ KERNEL_BASE - PAGES(1), DST, PAGES(2), -EFAULT },
		{ 0, DST, PAGES(1), -EFAULT },
		{ SRC, 0, PAGES(1), -EFAULT },
	};

	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(copy_between(from, bad[i].src, to, bad[i].dst,
				     bad[i].length),
		    bad[i].status);
	assert_int_equal(fake_entry(to, DST), 0);
	assert_int_equal(refs(from, SRC), 1);
}

static void
test_copies_onto_themselves_are_refused(void **state)
{
	(void)state;
	assert_status(copy_between(from, SRC, from, SRC + PAGES(1), PAGES(2)),
	    -EINVAL);
	assert_status(copy_between(from, SRC + PAGES(1), from, SRC, PAGES(2)),
	    -EINVAL);
	assert_status(copy_between(from, SRC, from, SRC, PAGES(1)), -EINVAL);
	assert_int_equal(refs(from, SRC), 1);
}

static void
test_what_may_not_be_written(void **state)
{
	(void)state;
	assert_status(copy_between(from, SRC, to, TEXT, PAGES(1)), -EFAULT);
	assert_status(
	    region_add(to, SRC + PAGES(N), SRC + PAGES(N + 1), REGION_ANON, RX),
	    OK);
	assert_status(copy_between(from, SRC, to, SRC + PAGES(N - 1), PAGES(2)),
	    -EFAULT);
	assert_int_equal(fake_entry(to, SRC + PAGES(N - 1)), 0);
	assert_int_equal(refs(from, SRC), 1);
}

static void
test_what_may_not_be_read(void **state)
{
	(void)state;
	assert_status(region_add(from, SRC + PAGES(N), SRC + PAGES(N + 1),
			  REGION_ANON, 0),
	    OK);
	assert_status(copy_between(from, SRC + PAGES(N - 1), to, DST, PAGES(2)),
	    -EFAULT);
	assert_int_equal(fake_entry(to, DST), 0);
	assert_int_equal(refs(from, SRC + PAGES(N - 1)), 1);
}

static void
test_window_for_looking_is_not_copied_into(void **state)
{
	(void)state;
	assert_status(window(to, DST + PAGES(1), third, SRC, false), OK);
	assert_status(copy(N), -EFAULT);
	assert_int_equal(fake_entry(to, DST), 0); /* nothing was done */
	assert_int_equal(refs(from, SRC), 1);
	vmproc_end(third);
	assert_status(copy(N), OK);
	assert_int_equal(fake_read(to, DST + PAGES(1)), 11);
}

/* Addresses of a device that are not in the window. */
static void
test_registers_are_no_memory(void **state)
{
	struct vm_map_phys_req req = { .phys = 0xFEC00000u,
		.length = PAGE_SIZE };
	struct vm_map_phys_rep rep;

	(void)state;
	assert_status(do_vm_map_phys(to->ep, &req, &rep), OK);
	assert_status(copy_between(to, rep.addr, to, DST, PAGES(1)), -EFAULT);
	assert_status(copy_between(from, SRC, to, rep.addr, PAGES(1)), -EFAULT);
	assert_int_equal(fake_entry(to, DST), 0);
	assert_int_equal(refs(from, SRC), 1);
}

static void
test_no_frames_nothing_changes(void **state)
{
	(void)state;
	fake_write(to, DST + PAGES(2), 5); /* so there are both tables */
	fake_write(to, DST, 5);
	assert_status(window(third, DST, from, SRC, true), OK);
	assert_status(window(third, DST + PAGES(1), from, SRC + PAGES(1), true),
	    OK);
	leave_frames(0);
	/* The second page needs a frame for its bytes. */
	assert_status(copy(2), -ENOMEM);
	assert_int_equal(fake_read(to, DST), 5);
	assert_int_equal(fake_entry(to, DST + PAGES(1)), 0);
	assert_status(copy(1), OK); /* into the frame that is there */
	assert_int_equal(fake_read(to, DST), 10);
	/* Sharing needs none. */
	assert_status(
	    copy_between(from, SRC + PAGES(2), to, DST + PAGES(2), PAGES(2)),
	    OK);
	leave_frames(0);
	fake_fault(from, SRC + PAGES(2), PF_USER | PF_PRESENT | PF_WRITE);
	assert_int_equal(fake.killed, SIGKILL);
	assert_int_equal(fake_read(to, DST + PAGES(2)), 12); /* unharmed */
	assert_int_equal(fake_read(from, SRC + PAGES(2)), 12);
}

/* Pinned pages into a page of its own, a hole, a page shared copy-on-write and
 * another hole: three frames. With two nothing is changed, three are enough. */
static void
test_frames_are_counted_first(void **state)
{
	uint32_t i, was[N], n;

	(void)state;
	fake_write(third, SRC, 33);
	fake_write(to, DST, 5);
	fake_write(to, DST + PAGES(3), 5); /* the other table is there */
	assert_status(copy_between(third, DST, to, DST + PAGES(3), PAGES(1)),
	    OK); /* a hole again */
	assert_status(copy_between(third, SRC, to, DST + PAGES(2), PAGES(1)),
	    OK);
	for (i = 0; i < N; i++) {
		pin(from, SRC + PAGES(i));
		was[i] = fake_entry(to, DST + PAGES(i));
	}
	leave_frames(2);
	n = frames_free();
	assert_status(copy(N), -ENOMEM);
	for (i = 0; i < N; i++)
		assert_int_equal(fake_entry(to, DST + PAGES(i)), was[i]);
	assert_int_equal(fake_read(to, DST), 5);
	assert_int_equal(frames_free(), n);
	fake_write(third, SRC + PAGES(1), 1); /* takes one */
	frame_release(fake_entry(third, SRC + PAGES(1)) & PTE_FRAME);
	*pt_entry(third->page_dir, SRC + PAGES(1)) = 0;
	assert_status(copy(2), OK); /* a hole: one frame of two */
	leave_frames(1);
	assert_status(
	    copy_between(from, SRC + PAGES(2), to, DST + PAGES(2), PAGES(2)),
	    -ENOMEM);
	assert_status(
	    copy_between(from, SRC + PAGES(2), to, DST + PAGES(2), PAGES(1)),
	    OK); /* the last frame */
	check_counts();
}

/* Bytes go into a page whose other sharers have gone: it has its frame. */
/* Leave users none, or let services have eaten into what is set aside. */
static void
leave_none(bool reserve_in_use)
{
	leave_frames(0);
	while (reserve_in_use && frames_available(0, FRAME_USER))
		(void)frame_alloc(FRAME_SERVICE);
}

static void
test_what_needs_no_frame_works_without(void **state)
{
	int less;

	for (less = 0; less < 2; less++) {
		(void)cow_setup(state);
		assert_status(copy(1), OK);
		fake_write(from, SRC, 33);
		assert_int_equal(fake_entry(to, DST) & PTE_W, 0);
		pin(from, SRC);
		leave_none(less != 0);
		assert_status(copy(1), OK); /* it is alone with its frame */
		assert_int_equal(fake_read(to, DST), 33);
		assert_status(
		    copy_between(from, SRC + PAGES(1), to, DST, PAGES(1)),
		    OK); /* shared */
		assert_int_equal(fake_read(to, DST), 11);
		check_counts();
	}
}

static void
test_no_tables_nothing_changes(void **state)
{
	(void)state;
	leave_frames(1);
	assert_status(copy(N), -ENOMEM);
	assert_int_equal(refs(from, SRC), 1);
	fake_write(from, SRC, 3);
	assert_int_equal(from->count.cow_faults, 0);
}

static void
test_one_that_ends_gets_no_frames(void **state)
{
	(void)state;
	fake_write(to, DST, 5);
	to->flags |= VMF_EXITING;
	assert_status(copy(1), OK); /* it needs none */
	fake_write(from, SRC, 33);
	pin(from, SRC + PAGES(1));
	assert_status(copy(2), -ENOMEM);
	assert_int_equal(fake_read(to, DST), 10);
	assert_int_equal(fake_entry(to, DST + PAGES(1)), 0);
}

/* A copy of bytes into pages that `to` has, of which `third` has one, too, when
 * there are so many frames. */
static int
copy_into_shared(uint32_t shared, uint32_t frames)
{
	uint32_t i;

	(void)cow_setup(NULL);
	for (i = 0; i < N; i++) {
		fake_write(to, SRC + PAGES(i), 5);
		pin(from, SRC + PAGES(i));
	}
	assert_status(
	    copy_between(to, SRC + PAGES(shared), third, SRC, PAGES(1)), OK);
	leave_frames(frames);
	return copy_between(from, SRC, to, SRC, PAGES(N));
}

/* That takes a frame, wherever the page is among the others. */
static void
test_what_others_have_needs_a_frame(void **state)
{
	uint32_t shared, i;

	(void)state;
	for (shared = 0; shared < N; shared++) {
		assert_status(copy_into_shared(shared, 0), -ENOMEM);
		for (i = 0; i < N; i++)
			assert_int_equal(fake_read(to, SRC + PAGES(i)), 5);
		assert_status(copy_into_shared(shared, 1), OK);
		for (i = 0; i < N; i++)
			assert_int_equal(fake_read(to, SRC + PAGES(i)), 10 + i);
		assert_int_equal(fake_read(third, SRC), 5);
		check_counts();
	}
}

/* A long copy, whose last page's bytes would need a frame. */
static void
test_pages_far_away_are_counted(void **state)
{
	const vir_bytes src = 0x40100000u, dst = 0x60200000u;
	const vir_bytes far = PAGES(4 * PT_ENTRIES), size = far + PAGES(1);

	(void)state;
	/* They may commit themselves to more than there is. */
	from->flags |= VMF_SERVICE;
	to->flags |= VMF_SERVICE;
	assert_status(region_add(from, src, src + size, REGION_ANON, RW), OK);
	assert_status(region_add(to, dst, dst + size, REGION_ANON, RW), OK);
	assert_status(copy_between(from, src, to, dst, size), OK);
	fake_write(from, src, 4);
	fake_write(from, src + far, 5);
	pin(from, src + far);
	to->flags &= ~(uint32_t)VMF_SERVICE; /* for which some are kept */
	leave_frames(0);
	assert_status(copy_between(from, src, to, dst, size), -ENOMEM);
	assert_int_equal(fake_entry(to, dst), 0);
}

#define TEST(f) cmocka_unit_test_setup(f, cow_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_senseless_copies_are_refused),
		TEST(test_copies_onto_themselves_are_refused),
		TEST(test_what_may_not_be_written),
		TEST(test_what_may_not_be_read),
		TEST(test_window_for_looking_is_not_copied_into),
		TEST(test_registers_are_no_memory),
		TEST(test_no_frames_nothing_changes),
		TEST(test_frames_are_counted_first),
		TEST(test_what_needs_no_frame_works_without),
		TEST(test_no_tables_nothing_changes),
		TEST(test_one_that_ends_gets_no_frames),
		TEST(test_what_others_have_needs_a_frame),
		TEST(test_pages_far_away_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
