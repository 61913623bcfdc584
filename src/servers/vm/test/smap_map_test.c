/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Making windows: which frames are in them, what becomes of what was there,
 * where there can be none, and that a failure changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "servers/vm/cow.h"
#include "servers/vm/test/smap_fake.h"
#include "test/unit/status.h"

static void
test_stores_are_seen_by_all(void **state)
{
	uint32_t n;

	(void)state;
	fake_write(grantee, WIN, 1);
	fake_write(grantee, WIN + PAGES(2), 1);
	n = frames_free();
	assert_status(map(1), OK);
	assert_int_equal(frames_free(), n + 2); /* what was there is gone */
	assert_int_equal(fake_read(grantee, WIN), 10);
	fake_write(grantee, WIN, 50);
	assert_int_equal(fake_read(owner, MEM), 50);
	fake_write(owner, MEM + PAGES(3), 51);
	assert_int_equal(fake_read(grantee, WIN + PAGES(3)), 51);
	assert_int_equal(refs(owner, MEM), 2);
}

/* One more joins what is shared. */
static void
test_several_windows_on_one_page(void **state)
{
	int i;

	(void)state;
	assert_status(map(1), OK);
	assert_status(map_of(third, WIN, owner, MEM, PAGES(N), 1), OK);
	assert_status(map_of(third, EDGE, grantee, WIN, PAGES(N), 1), OK);
	for (i = 0; i < N; i++) {
		assert_int_equal(refs(owner, MEM + PAGES(i)), 4);
		assert_true(
		    same_frame(owner, MEM + PAGES(i), third, WIN + PAGES(i)));
		assert_true(
		    same_frame(owner, MEM + PAGES(i), third, EDGE + PAGES(i)));
	}
	fake_write(third, EDGE, 50);
	assert_int_equal(fake_read(grantee, WIN), 50);
}

/* Pages [first, first + n) of the owner at `from` in the grantee at `to`. */
static void
shows(vir_bytes from, vir_bytes to, vir_bytes first, vir_bytes n)
{
	vir_bytes i;

	for (i = 0; i < N; i++)
		assert_int_equal(
		    same_frame(owner, from + PAGES(i), grantee, to + PAGES(i)),
		    i >= first && i < first + n);
}

/* Ranges that lie in one table or in two, on either side. */
static void
test_tables_are_crossed_on_either_side(void **state)
{
	static const vir_bytes from[] = { MEM, EDGE }, to[] = { WIN, MEM };
	static const vir_bytes part[][2] = { { 0, 4 }, { 1, 2 }, { 1, 3 },
		{ 0, 3 } };
	vir_bytes first, n, mem, win;
	int k;

	for (k = 0; k < 16; k++) {
		(void)smap_setup(state);
		mem = from[k / 8];
		win = to[k / 4 % 2];
		first = part[k % 4][0];
		n = part[k % 4][1];
		assert_status(map_of(grantee, win + PAGES(first), owner,
				  mem + PAGES(first), PAGES(n), 1),
		    OK);
		shows(mem, win, first, n);
	}
}

/* What a page of the owner can be. */
enum {
	ABSENT,
	PRIVATE,
	PARTNERS, /* shared copy-on-write */
	LEFT,     /* write-protected, as it was so shared once */
	KINDS
};

static struct vmproc *partner;

/* Page i of the owner at addr becomes a page of a kind. */
static void
page_becomes(vir_bytes addr, int kind)
{
	*pt_entry_make(owner->page_dir, addr, FRAME_USER) = 0;
	if (kind == ABSENT)
		return;
	fake_write(owner, addr, 30);
	if (kind == PRIVATE)
		return;
	assert_status(cow_share_page(pt_entry(owner->page_dir, addr),
			  pt_entry_make(partner->page_dir, addr, FRAME_USER),
			  PTE_WRITABLE, FRAME_USER),
	    OK);
	if (kind == LEFT)
		pt_unmap(partner->page_dir, addr, addr + PAGE_SIZE, true);
}

/* The machine, with a partner for the owner and the window's tables. */
static void
setup_with_partner(void **state)
{
	(void)smap_setup(state);
	partner = fake_process_in(USER_SLOT + 5);
	assert_status(
	    region_add(partner, EDGE, EDGE + PAGES(N), REGION_ANON, RW), OK);
	(void)fake_read(grantee, WIN + PAGES(N - 1));
	(void)fake_read(grantee, WIN);
}

/* Every kind of page at every place. */
static void
test_each_page_gets_ready_as_it_needs(void **state)
{
	uint32_t n, i, turn;
	vir_bytes at, seen;

	for (turn = 0; turn < KINDS; turn++) {
		setup_with_partner(state);
		for (i = 0; i < N; i++)
			page_becomes(EDGE + PAGES(i),
			    (int)((i + turn) % KINDS));
		n = frames_free();
		assert_status(map_of(grantee, WIN, owner, EDGE, PAGES(N), 1),
		    OK);
		assert_int_equal(frames_free(), n + 2 - 2);
		for (i = 0; i < N; i++) {
			uint32_t kind = (i + turn) % KINDS;

			at = EDGE + PAGES(i);
			seen = WIN + PAGES(i);
			assert_true(same_frame(owner, at, grantee, seen));
			assert_int_equal(refs(owner, at), 2);
			assert_int_equal(fake_read(grantee, seen),
			    kind == ABSENT ? 0 : 30);
			assert_int_equal(fake_entry(owner, at) & ~PTE_FRAME,
			    PTE_WRITABLE | PTE_SHARED);
			assert_int_equal(fake_entry(grantee, seen) & ~PTE_FRAME,
			    PTE_WRITABLE | PTE_SHARED);
			if (kind != PARTNERS)
				continue;
			assert_int_equal(refs(partner, at), 1);
			assert_int_equal(fake_entry(partner, at) & PTE_SHARED,
			    0);
		}
	}
}

/* All pages of one kind: of those that take a frame each, one too few is
 * enough for none; and N are enough for all. */
static void
test_frames_for_each_kind_of_page(void **state)
{
	uint32_t i, entry[N];
	int kind;

	for (kind = 0; kind < KINDS; kind++) {
		setup_with_partner(state);
		for (i = 0; i < N; i++) {
			page_becomes(EDGE + PAGES(i), kind);
			entry[i] = fake_entry(owner, EDGE + PAGES(i));
		}
		leave_frames(N - 1);
		if (kind == ABSENT || kind == PARTNERS) {
			assert_status(
			    map_of(grantee, WIN, owner, EDGE, PAGES(N), 1),
			    -ENOMEM);
			for (i = 0; i < N; i++)
				assert_int_equal(
				    fake_entry(owner, EDGE + PAGES(i)),
				    entry[i]);
		}
		return_frames();
		leave_frames(N);
		assert_status(map_of(grantee, WIN, owner, EDGE, PAGES(N), 1),
		    OK);
	}
}

static void
test_cow_partners_do_not_join(void **state)
{
	struct vmproc *child = fake_fork(owner, USER_SLOT + 5);

	(void)state;
	assert_status(map(1), OK);
	fake_write(child, MEM, 22);
	assert_int_equal(fake_read(grantee, WIN), 10);
	fake_write(grantee, WIN, 23);
	assert_int_equal(fake_read(owner, MEM), 23);
	assert_int_equal(fake_read(child, MEM), 22);
}

/* What was in the window belongs to a child as well: it keeps it. */
static void
test_others_keep_what_was_in_the_window(void **state)
{
	struct vmproc *child;

	(void)state;
	fake_write(grantee, WIN, 1);
	child = fake_fork(grantee, USER_SLOT + 5);
	assert_status(map(1), OK);
	assert_int_equal(refs(child, WIN), 1);
	assert_int_equal(fake_read(child, WIN), 1);
	fake_write(grantee, WIN, 2);
	assert_int_equal(fake_read(child, WIN), 1);
}

static void
test_mapping_after_a_copy_of_the_window(void **state)
{
	struct cow_copy back = { .length = PAGES(N) };

	(void)state;
	back.from = grantee;
	back.from_addr = WIN;
	back.to = owner;
	back.to_addr = MEM;
	fake_write(grantee, WIN, 33);
	assert_status(cow_map(&back), OK);
	assert_status(map(1), OK);
	assert_int_equal(fake_read(grantee, WIN), 33);
	assert_int_equal(fake_read(owner, MEM), 33);
	/* What nobody had touched is zero, and shared. */
	fake_write(owner, MEM + PAGES(1), 34);
	assert_int_equal(fake_read(grantee, WIN + PAGES(1)), 34);
}

static void
test_places_for_a_window(void **state)
{
	static const struct {
		vir_bytes addr, owner_addr, length;
		int status;
	} bad[] = {
		{ WIN, MEM, 0, -EINVAL },
		{ WIN + 1, MEM, PAGES(1), -EINVAL },
		{ WIN, MEM + 1, PAGES(1), -EINVAL },
		{ WIN, MEM, PAGES(1) - 1, -EINVAL },
		{ WIN - PAGES(1), MEM, PAGES(1), -EINVAL }, /* a hole */
		{ WIN - PAGES(1), MEM, PAGES(2), -EINVAL }, /* begins in one */
		{ WIN + PAGES(1), MEM, PAGES(N), -EINVAL }, /* ends in one */
		{ TEXT, MEM, PAGES(1), -EINVAL },
		{ STACK, MEM, PAGES(1), -EINVAL },
		{ 0xFFFFF000u, MEM, PAGES(1), -EINVAL },
		{ WIN, 0xFFFFF000u, PAGES(1), -EFAULT },
		{ WIN, KERNEL_BASE, PAGES(1), -EFAULT },
		{ WIN, MEM + PAGES(1), PAGES(N), -EFAULT },
		{ WIN, MEM - PAGES(1), PAGES(2), -EFAULT },
		{ 0, MEM, PAGES(1), -EINVAL },
		{ WIN, 0, PAGES(1), -EFAULT },
	};

	uint32_t n;
	size_t i;
	int r;

	(void)state;
	assert_int_equal(fake_read(grantee, WIN), 0);
	assert_int_equal(fake_read(grantee, WIN + PAGES(2)), 0);
	n = frames_free();
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		r = map_of(grantee, bad[i].addr, owner, bad[i].owner_addr,
		    bad[i].length, 1);
		if (r != bad[i].status)
			print_error("window at %#x on %#x, %#x bytes\n",
			    (unsigned)bad[i].addr, (unsigned)bad[i].owner_addr,
			    (unsigned)bad[i].length);
		assert_status(r, bad[i].status);
	}
	r = map_of(grantee, WIN, owner, MEM, 0xFFFFF000u, 1);
	if (r != -EINVAL) /* both ends are wrong */
		assert_status(r, -EFAULT);
	assert_int_equal(frames_free(), n);
	assert_int_equal(refs(owner, MEM), 1);
}

/* Regions side by side: a window lies in one of them, and that is private
 * memory to write to. */
static void
test_regions_side_by_side(void **state)
{
	static const struct {
		enum region_kind kind;
		uint32_t prot;
	} beside[] = {
		{ REGION_DMA, RW },
		{ REGION_ANON, VM_PROT_READ },
		{ REGION_ANON, RX },
		{ REGION_ANON, 0 },
		{ REGION_ANON, RW | VM_PROT_EXEC },
	};

	const vir_bytes end = WIN + PAGES(N);
	bool good;
	size_t i;

	for (i = 0; i < sizeof beside / sizeof beside[0]; i++) {
		good = beside[i].kind == REGION_ANON &&
		    (beside[i].prot & VM_PROT_WRITE) != 0;
		(void)smap_setup(state);
		assert_status(region_add(grantee, end, end + PAGES(2),
				  beside[i].kind, beside[i].prot),
		    OK);
		assert_status(
		    map_of(grantee, end - PAGES(1), owner, MEM, PAGES(2), 0),
		    -EINVAL);
		assert_int_equal(map_of(grantee, end, owner, MEM, PAGES(2), 0),
		    good ? OK : -EINVAL);
		assert_status(
		    map_of(grantee, end - PAGES(1), owner, MEM, PAGES(1), 0),
		    OK);
	}
}

static void
test_device_memory_is_not_shown(void **state)
{
	struct vm_map_phys_req req = { .phys = 0xFEC00000u, .length = 1 };
	struct vm_map_phys_rep rep;

	(void)state;
	assert_status(do_vm_map_phys(owner->ep, &req, &rep), OK);
	assert_status(map_of(grantee, WIN, owner, rep.addr, PAGES(1), 0),
	    -EINVAL);
	assert_status(map_of(owner, rep.addr, grantee, MEM, PAGES(1), 0),
	    -EINVAL);
}

/* A page of the window that is shared or pinned, at every place. */
static void
test_pages_that_are_taken(void **state)
{
	vir_bytes i;

	for (i = 0; i < N; i++) {
		(void)smap_setup(state);
		fake_write(grantee, WIN + PAGES(i), 1);
		*pt_entry(grantee->page_dir, WIN + PAGES(i)) |= PTE_PINNED;
		assert_status(map(1), -EBUSY);
		*pt_entry(grantee->page_dir, WIN + PAGES(i)) &= ~PTE_PINNED;
		assert_status(
		    map_of(third, WIN, grantee, WIN + PAGES(i), PAGES(1), 1),
		    OK);
		assert_status(map(1), -EBUSY);
		assert_int_equal(refs(owner, MEM), 1);
		/* The mark alone means nothing. */
		vmproc_end(third);
		assert_status(map(1), OK);
		assert_status(map(1), -EBUSY);
	}
}

static void
test_pinned_memory_can_be_shown(void **state)
{
	uint32_t entry;

	(void)state;
	*pt_entry(owner->page_dir, MEM) |= PTE_PINNED;
	entry = fake_entry(owner, MEM);
	assert_status(map(1), OK);
	assert_int_equal(fake_entry(owner, MEM), entry | PTE_SHARED);
	assert_int_equal(fake_entry(grantee, WIN) & PTE_PINNED, 0);
}

static void
test_window_on_oneself(void **state)
{
	int from;

	(void)state;
	for (from = -3; from <= 3; from++) {
		bool apart = from <= -2 || from >= 2;

		(void)smap_setup(state);
		assert_status(
		    region_add(owner, MEM - PAGES(N), MEM, REGION_ANON, RW),
		    OK);
		assert_int_equal(map_of(owner, MEM, owner,
				     MEM + (vir_bytes)from * PAGE_SIZE,
				     PAGES(2), 1),
		    from > 2    ? -EFAULT
			: apart ? OK
				: -EINVAL);
	}
	(void)smap_setup(state);
	assert_status(map_of(owner, WIN, owner, MEM, PAGES(N), 1), OK);
	fake_write(owner, WIN, 50);
	assert_int_equal(fake_read(owner, MEM), 50);
}

/* Not all of a range is memory of the owner: whichever part. */
static void
test_holes_in_what_is_granted(void **state)
{
	const vir_bytes next = MEM + PAGES(N + 1);

	(void)state;
	assert_status(region_add(owner, next, next + PAGES(1), REGION_ANON, RW),
	    OK);
	assert_status(
	    map_of(grantee, WIN, owner, MEM + PAGES(N - 1), PAGES(3), 0),
	    -EFAULT);
	assert_status(
	    map_of(grantee, WIN, owner, MEM + PAGES(N - 1), PAGES(2), 0),
	    -EFAULT);
	assert_status(map_of(grantee, WIN, owner, next - PAGES(1), PAGES(2), 0),
	    -EFAULT);
	assert_int_equal(refs(owner, MEM + PAGES(N - 1)), 1);
	/* Memory that the owner has, and may not touch, is none. */
	assert_status(region_add(owner, MEM + PAGES(N), next, REGION_ANON, 0),
	    OK);
	assert_status(
	    map_of(grantee, WIN, owner, MEM + PAGES(N - 1), PAGES(3), 0),
	    -EFAULT);
	assert_status(map_of(grantee, WIN, owner, MEM + PAGES(N), PAGES(1), 0),
	    -EFAULT);
}

/* With few frames it fails, at whatever step; then all is as it was. The owner
 * needs two pages, the window two tables: with more than for all pages and
 * tables that there could be it works. */
static void
test_no_frames_nothing_changes(void **state)
{
	struct vmproc *child;
	uint32_t n, i, left, entry[N];
	int r = -ENOMEM;

	for (left = 0; r == -ENOMEM; left++) {
		(void)smap_setup(state);
		child = fake_fork(owner, USER_SLOT + 5);
		for (i = 0; i < 2; i++) /* the child has gone from two pages */
			fake_write(child, MEM + PAGES(i), 1);
		for (i = 0; i < N; i++)
			entry[i] = fake_entry(owner, MEM + PAGES(i));
		leave_frames(left);
		n = frames_free();
		r = map(1);
		assert_true(r == -ENOMEM || r == OK);
		if (r == OK)
			break;
		assert_in_range(n - frames_free(), 0, 2); /* tables */
		for (i = 0; i < N; i++) {
			assert_int_equal(fake_entry(owner, MEM + PAGES(i)),
			    entry[i]);
			assert_int_equal(fake_entry(grantee, WIN + PAGES(i)),
			    0);
			assert_int_equal(refs(owner, MEM + PAGES(i)),
			    i < 2 ? 1 : 2);
		}
		return_frames();
		assert_status(map(1), OK);
	}
	assert_in_range(left, 4, N + 4);
	assert_int_equal(refs(owner, MEM), 2);
}

/* A table of the owner may be missing, too. */
static void
test_no_frames_for_the_owner(void **state)
{
	const vir_bytes far = 0x01000000u, two = far + PAGES(1024 - N / 2);
	uint32_t left;
	int r = -ENOMEM;

	for (left = 0; r == -ENOMEM; left++) {
		(void)smap_setup(state);
		assert_status(
		    region_add(owner, two, two + PAGES(N), REGION_ANON, RW),
		    OK);
		fake_write(grantee, WIN, 1);
		fake_write(grantee, WIN + PAGES(N - 1), 2);
		leave_frames(left);
		r = map_of(grantee, WIN, owner, two, PAGES(N), 1);
		if (r == OK)
			break;
		assert_status(r, -ENOMEM);
		assert_int_equal(fake_read(grantee, WIN), 1);
		assert_int_equal(fake_read(grantee, WIN + PAGES(N - 1)), 2);
		assert_int_equal(fake_entry(owner, two), 0);
	}
	assert_in_range(left, 2 + N, 4 + N); /* tables, pages */
	assert_int_equal(refs(grantee, WIN), 2);
}

static void
test_who_cannot_take_part(void **state)
{
	struct vmproc none = { .ep = NONE }, *vm = fake_process_in(VM_PROC_NR);
	struct vmproc **who[] = { &owner, &grantee };
	size_t i;

	(void)state;
	vm->ep = VM_PROC_NR;
	assert_status(map_of(&none, WIN, owner, MEM, PAGES(1), 1), -EFAULT);
	assert_status(map_of(grantee, WIN, &none, MEM, PAGES(1), 1), -EFAULT);
	assert_status(map_of(vm, WIN, owner, MEM, PAGES(1), 1), -EFAULT);
	assert_status(map_of(grantee, WIN, vm, MEM, PAGES(1), 1), -EFAULT);
	for (i = 0; i < 2; i++) {
		(*who[i])->flags |= VMF_LOADING;
		assert_status(map(1), -EINVAL);
		(*who[i])->flags = VMF_EXITING;
		assert_status(map(1), -EFAULT);
		(*who[i])->flags = 0;
	}
	owner->flags = grantee->flags = VMF_LOADING;
	assert_status(map(1), -EINVAL);
	owner->flags = grantee->flags = VMF_EXITING;
	assert_status(map(1), -EFAULT);
	owner->flags = grantee->flags = 0;
	assert_int_equal(refs(owner, MEM), 1);
	assert_status(map(1), OK);
}

static void
test_figures(void **state)
{
	struct vm_info_req req = { owner->ep }, all = { NONE };
	struct vm_info_rep rep = { 0 };

	(void)state;
	assert_status(map(1), OK);
	assert_status(do_vm_info(PM_PROC_NR, &req, &rep), OK);
	assert_int_equal(rep.smap_pages, N);
	rep = (struct vm_info_rep){ 0 };
	assert_status(do_vm_info(PM_PROC_NR, &all, &rep), OK);
	assert_int_equal(rep.smap_pages, 2 * N);
	assert_int_equal(rep.shared, 2 * N);
}

#define TEST(f) cmocka_unit_test_setup(f, smap_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_stores_are_seen_by_all),
		TEST(test_several_windows_on_one_page),
		TEST(test_tables_are_crossed_on_either_side),
		TEST(test_each_page_gets_ready_as_it_needs),
		TEST(test_frames_for_each_kind_of_page),
		TEST(test_cow_partners_do_not_join),
		TEST(test_others_keep_what_was_in_the_window),
		TEST(test_mapping_after_a_copy_of_the_window),
		TEST(test_places_for_a_window),
		TEST(test_regions_side_by_side),
		TEST(test_device_memory_is_not_shown),
		TEST(test_pages_that_are_taken),
		TEST(test_pinned_memory_can_be_shown),
		TEST(test_window_on_oneself),
		TEST(test_holes_in_what_is_granted),
		TEST(test_no_frames_nothing_changes),
		TEST(test_no_frames_for_the_owner),
		TEST(test_who_cannot_take_part),
		TEST(test_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
