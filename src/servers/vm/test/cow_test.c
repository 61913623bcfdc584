/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies that make none: who sees what, whose frame it is, and that a copy
 * which cannot be made leaves no trace.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/cow.h"
#include "servers/vm/smap.h"
#include "servers/vm/test/fake.h"
#include "test/unit/status.h"

#define RW       (VM_PROT_READ | VM_PROT_WRITE)
#define RX       (VM_PROT_READ | VM_PROT_EXEC)
#define PAGES(n) ((n)*PAGE_SIZE)
#define TEXT     0x00400000u
#define SRC      0x00500000u
#define DST      0x007FE000u /* crosses into another table */
#define N        4

static struct vmproc *from, *to, *third;

static struct vmproc *
process(int slot)
{
	struct vmproc *p = fake_process_in(slot);

	assert_status(region_add(p, TEXT, TEXT + PAGES(2), REGION_ANON, RX),
	    OK);
	assert_status(region_add(p, SRC, SRC + PAGES(N), REGION_ANON, RW), OK);
	assert_status(region_add(p, DST, DST + PAGES(N), REGION_ANON, RW), OK);
	return p;
}

static int
setup(void **state)
{
	uint32_t i;

	(void)state;
	fake_machine();
	from = process(USER_SLOT);
	to = process(USER_SLOT + 1);
	third = process(USER_SLOT + 2);
	for (i = 0; i < N; i++)
		fake_write(from, SRC + PAGES(i), (uint8_t)(10 + i));
	return 0;
}

static int
copy_between(struct vmproc *src, vir_bytes src_addr, struct vmproc *dst,
    vir_bytes dst_addr, vir_bytes length)
{
	return fake_request((struct sys_memreq_rep){ .kind = MEMREQ_COWMAP,
	    .target = dst->ep,
	    .start = dst_addr,
	    .length = length,
	    .source = src->ep,
	    .source_addr = src_addr });
}

static int
copy(uint32_t pages)
{
	return copy_between(from, SRC, to, DST, PAGES(pages));
}

static uint32_t
refs(const struct vmproc *p, vir_bytes addr)
{
	return frame_refs(fake_entry(p, addr) & PTE_FRAME);
}

static int
window(struct vmproc *grantee, vir_bytes addr, struct vmproc *owner,
    vir_bytes owner_addr, bool writable)
{
	struct smap_window w = { grantee, owner, addr, owner_addr, PAGE_SIZE,
		writable };

	return smap_map(&w);
}

/* Take frames until users can have n more. */
static void
leave_frames(uint32_t n)
{
	while (frames_available(n + 1, FRAME_USER))
		(void)frame_alloc(FRAME_USER);
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
test_ranges_cross_regions(void **state)
{
	(void)state;
	assert_status(
	    region_add(to, DST + PAGES(N), DST + PAGES(N + 1), REGION_DMA, RW),
	    OK);
	assert_status(copy_between(from, SRC, to, DST + PAGES(N - 1), PAGES(2)),
	    OK);
	assert_int_equal(fake_read(to, DST + PAGES(N)), 11);
	assert_status(
	    region_add(to, SRC + PAGES(N), SRC + PAGES(N + 1), REGION_ANON, RX),
	    OK);
	assert_status(copy_between(from, SRC, to, SRC + PAGES(N - 1), PAGES(2)),
	    -EFAULT);
	assert_int_equal(fake_entry(to, SRC + PAGES(N - 1)), 0);
}

static void
test_code_can_be_copied_but_not_copied_over(void **state)
{
	(void)state;
	assert_int_equal(fake_read(from, TEXT), 0);
	assert_status(copy_between(from, TEXT, to, DST, PAGES(1)), OK);
	fake_write(to, DST, 4);
	assert_int_equal(fake_read(from, TEXT), 0);
	assert_status(copy_between(from, SRC, to, TEXT, PAGES(1)), -EFAULT);
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
test_pinned_pages_stay(void **state)
{
	phys_bytes mine, theirs;

	(void)state;
	fake_write(to, DST, 1);
	*pt_entry(from->page_dir, SRC) |= PTE_PINNED;
	*pt_entry(to->page_dir, DST) |= PTE_PINNED;
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

static void
test_device_memory_is_copied_where_it_is(void **state)
{
	struct vm_map_phys_req req = { .phys = 0x10000, .length = PAGE_SIZE };
	struct vm_map_phys_rep rep;

	(void)state;
	req.ep = to->ep;
	assert_status(do_vm_map_phys(to->ep, &req, &rep), OK);
	assert_status(copy_between(from, SRC, to, rep.addr, PAGES(1)), OK);
	assert_int_equal(*fake_byte(to, rep.addr), 10);
	assert_int_equal(fake_entry(to, rep.addr) & PTE_FRAME, 0x10000);
	assert_status(copy_between(to, rep.addr, to, DST, PAGES(1)), OK);
	fake_write(to, DST, 1);
	assert_int_equal(*fake_byte(to, rep.addr), 10);
	/* Registers that are not in the window. */
	req.phys = 0xFEC00000u;
	assert_status(do_vm_map_phys(to->ep, &req, &rep), OK);
	assert_status(copy_between(to, rep.addr, to, DST, PAGES(1)), -EFAULT);
	assert_status(copy_between(from, SRC, to, rep.addr, PAGES(1)), -EFAULT);
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
test_one_page_many_sharers(void **state)
{
	vir_bytes at;
	uint32_t i;

	(void)state;
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
	assert_status(copy_between(from, SRC, from, SRC + PAGES(1), PAGES(2)),
	    -EINVAL);
	assert_status(copy_between(from, SRC + PAGES(1), from, SRC, PAGES(2)),
	    -EINVAL);
	assert_status(copy_between(from, SRC, from, SRC, PAGES(1)), -EINVAL);
	assert_status(copy_between(from, SRC, from, SRC + PAGES(1), PAGES(1)),
	    OK);
	assert_int_equal(fake_read(from, SRC + PAGES(1)), 10);
	fake_write(from, SRC, 2);
	assert_int_equal(fake_read(from, SRC + PAGES(1)), 10);
}

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
test_who_cannot_take_part(void **state)
{
	struct vmproc none = { .ep = NONE }, *vm = fake_process_in(VM_PROC_NR);

	(void)state;
	vm->ep = VM_PROC_NR;
	assert_status(copy_between(&none, SRC, to, DST, PAGES(1)), -EFAULT);
	assert_status(copy_between(from, SRC, &none, DST, PAGES(1)), -EFAULT);
	assert_status(copy_between(vm, SRC, to, DST, PAGES(1)), -EFAULT);
	assert_status(copy_between(from, SRC, vm, DST, PAGES(1)), -EFAULT);
	/* One that ends gets no frames, but needs none for this. */
	to->flags |= VMF_EXITING;
	assert_status(copy(1), OK);
	*pt_entry(from->page_dir, SRC + PAGES(1)) |= PTE_PINNED;
	assert_status(copy(2), -ENOMEM);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

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
		TEST(test_ranges_cross_regions),
		TEST(test_code_can_be_copied_but_not_copied_over),
		TEST(test_loading_image_takes_pages),
		TEST(test_loading_image_gives_pages),
		TEST(test_really_shared_source_is_copied),
		TEST(test_really_shared_destination_keeps_its_sharers),
		TEST(test_window_for_looking_is_not_copied_into),
		TEST(test_stale_mark_means_nothing),
		TEST(test_pinned_pages_stay),
		TEST(test_device_memory_is_copied_where_it_is),
		TEST(test_no_frames_nothing_changes),
		TEST(test_no_tables_nothing_changes),
		TEST(test_one_page_many_sharers),
		TEST(test_copies_within_one_process),
		TEST(test_senseless_copies_are_refused),
		TEST(test_who_cannot_take_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
