/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Windows for looking, and what an owner may let be seen or written: who may
 * store to a page that several have.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/smap_fake.h"
#include "test/unit/status.h"

static void
test_window_for_looking(void **state)
{
	uint32_t i;

	(void)state;
	assert_status(map(0), OK);
	for (i = 0; i < N; i++) {
		vir_bytes at = WIN + PAGES(i);

		assert_int_equal(fake_entry(grantee, at) & ~PTE_FRAME,
		    PTE_READABLE | PTE_SHARED);
		assert_true(store_kills(grantee, at));
		assert_false(store_kills(owner, MEM + PAGES(i)));
		fake_write(owner, MEM + PAGES(i), 50);
		assert_int_equal(fake_read(grantee, at), 50);
		/* Nor can the kernel be made to do it, or the debugger. */
		assert_status(page_provide(grantee, at, ACCESS_WRITE), -EFAULT);
		assert_status(page_provide(grantee, at, ACCESS_FORCE), -EFAULT);
		assert_status(page_provide(grantee, at, ACCESS_READ), OK);
	}
	/* When the owner is gone it is memory like any other. */
	vmproc_end(owner);
	fake_write(grantee, WIN, 51);
	assert_int_equal(fake_read(grantee, WIN), 51);
	assert_int_equal(fake_entry(grantee, WIN) & PTE_SHARED, 0);
}

/* On the same page one may write and another may look; in either order. */
static void
test_each_window_has_its_own_right(void **state)
{
	int first;

	for (first = 0; first < 2; first++) {
		(void)smap_setup(state);
		assert_status(map(first), OK);
		assert_status(
		    map_of(third, WIN, owner, MEM, PAGES(N), first == 0), OK);
		assert_int_equal(store_kills(grantee, WIN), first == 0);
		assert_int_equal(store_kills(third, WIN), first != 0);
		assert_false(store_kills(owner, MEM));
		fake_write(first != 0 ? grantee : third, WIN, 50);
		assert_int_equal(fake_read(first != 0 ? third : grantee, WIN),
		    50);
		assert_int_equal(fake_read(owner, MEM), 50);
	}
}

static void
test_former_window_can_be_written(void **state)
{
	uint32_t i;

	(void)state;
	assert_status(map(0), OK);
	assert_status(unmap(), OK);
	for (i = 0; i < N; i++)
		assert_int_equal(fake_entry(grantee, WIN + PAGES(i)) &
			~PTE_FRAME,
		    PTE_WRITABLE);
	(void)smap_setup(state);
	assert_status(map(0), OK);
	vmproc_end(owner); /* who was the only other */
	assert_status(unmap(), OK);
	for (i = 0; i < N; i++)
		assert_int_equal(fake_entry(grantee, WIN + PAGES(i)) &
			~PTE_FRAME,
		    PTE_WRITABLE);
	assert_int_equal(fake_read(grantee, WIN), 10);
}

/* The owner's entry is left write-protected by a child. */
static void
test_owner_can_store_after_its_child_has_ended(void **state)
{
	struct vmproc *child;
	int write;

	for (write = 0; write < 2; write++) {
		(void)smap_setup(state);
		child = fake_fork(owner, USER_SLOT + 5);
		vmproc_end(child);
		assert_int_equal(fake_entry(owner, MEM) & PTE_W, 0);
		assert_status(map(write), OK);
		assert_false(store_kills(owner, MEM));
		fake_write(owner, MEM, 50);
		assert_int_equal(fake_read(grantee, WIN), 50);
	}
}

/* Code, and other memory that the owner may only look at: not present, its
 * own, or shared with a child. */
static void
test_memory_that_may_only_be_read(void **state)
{
	int kind;

	for (kind = 0; kind < 3; kind++) {
		(void)smap_setup(state);
		if (kind > 0)
			(void)fake_read(owner, TEXT);
		if (kind > 1)
			(void)fake_fork(owner, USER_SLOT + 5);
		assert_status(map_of(grantee, WIN, owner, TEXT, PAGES(2), 1),
		    -EPERM);
		assert_int_equal(fake_entry(grantee, WIN), 0);
		assert_status(map_of(grantee, WIN, owner, TEXT, PAGES(2), 0),
		    OK);
		assert_int_equal(refs(owner, TEXT), 2);
		assert_int_equal(fake_entry(owner, TEXT) & (PTE_W | PTE_KW), 0);
		assert_true(store_kills(grantee, WIN));
		assert_true(store_kills(owner, TEXT));
		assert_status(map_of(third, WIN, owner, TEXT, PAGES(2), 1),
		    -EPERM);
		assert_status(unmap_of(grantee, WIN, PAGES(2)), OK);
		assert_false(store_kills(grantee, WIN));
		assert_true(store_kills(owner, TEXT));
	}
}

/* Side by side: memory to write and memory to read, four pages in all, of
 * which some are of the one kind and some of the other. */
static void
test_each_part_of_a_range_is_asked(void **state)
{
	const vir_bytes base = 0x00700000u;
	uint32_t kinds, i, first, n;
	bool all;

	for (kinds = 0; kinds < 16; kinds++) {
		(void)smap_setup(state);
		for (i = 0; i < N; i++)
			assert_status(
			    region_add(owner, base + PAGES(i),
				base + PAGES(i + 1), REGION_ANON,
				(kinds >> i & 1) != 0 ? RW : VM_PROT_READ),
			    OK);
		for (first = 0; first < N; first++)
			for (n = 1; n <= N - first; n++) {
				all = (kinds >> first & ((1u << n) - 1)) ==
				    (1u << n) - 1;
				if (!all)
					assert_status(map_of(grantee, WIN,
							  owner,
							  base + PAGES(first),
							  PAGES(n), 1),
					    -EPERM);
			}
		for (i = 0; i < N; i++)
			assert_int_equal(fake_entry(owner, base + PAGES(i)), 0);
		assert_status(map_of(grantee, WIN, owner, base, PAGES(N), 0),
		    OK);
		for (i = 0; i < N; i++)
			assert_int_equal(store_kills(owner, base + PAGES(i)),
			    (kinds >> i & 1) == 0);
		assert_int_equal(map_of(third, WIN, owner, base, PAGES(N), 1),
		    kinds == 15 ? OK : -EPERM);
	}
}

/* Memory in two regions, of which one page is a window for looking: who wants
 * to write may have just what lies beside it. */
static void
test_one_page_decides(void **state)
{
	const vir_bytes base = 0x00700000u, half = base + PAGES(N / 2);
	uint32_t looking, first, n;

	for (looking = 0; looking < N; looking++) {
		(void)smap_setup(state);
		assert_status(region_add(grantee, base, half, REGION_ANON, RW),
		    OK);
		assert_status(region_add(grantee, half, base + PAGES(N),
				  REGION_ANON, RW | VM_PROT_EXEC),
		    OK);
		assert_status(map_of(grantee, base + PAGES(looking), owner, MEM,
				  PAGES(1), 0),
		    OK);
		for (first = 0; first < N; first++)
			for (n = 1; n <= N - first; n++) {
				bool in =
				    looking >= first && looking < first + n;

				assert_status(map_of(third, WIN, grantee,
						  base + PAGES(first), PAGES(n),
						  1),
				    in ? -EPERM : OK);
				assert_status(unmap_of(third, WIN, PAGES(n)),
				    OK);
			}
	}
}

/* The grantee shows its window to a third, who shows it on. */
static void
test_rights_do_not_grow(void **state)
{
	struct vmproc *last;
	uint32_t i;

	(void)state;
	/* One page that is for looking, among others. */
	for (i = 0; i < N; i++) {
		(void)smap_setup(state);
		assert_status(map_of(grantee, WIN + PAGES(i), owner,
				  MEM + PAGES(i), PAGES(1), 0),
		    OK);
		assert_status(map_of(third, WIN, grantee, WIN, PAGES(N), 1),
		    -EPERM);
		assert_int_equal(fake_entry(third, WIN), 0);
		assert_int_equal(refs(owner, MEM + PAGES(i)), 2);
		assert_status(map_of(third, WIN, grantee, WIN, PAGES(N), 0),
		    OK);
		assert_true(store_kills(third, WIN + PAGES(i)));
		assert_true(store_kills(grantee, WIN + PAGES(i)));
		assert_false(store_kills(grantee, WIN + PAGES((i + 1) % N)));
		fake_write(owner, MEM + PAGES(i), 50);
		assert_int_equal(fake_read(third, WIN + PAGES(i)), 50);
		last = fake_process_in(USER_SLOT + 5);
		assert_status(
		    region_add(last, WIN, WIN + PAGES(N), REGION_ANON, RW), OK);
		assert_status(map_of(last, WIN, third, WIN, PAGES(N), 1),
		    -EPERM);
		assert_status(map_of(last, WIN, third, WIN, PAGES(N), 0), OK);
	}
	/* When nobody else is left there is nothing to grow over. */
	(void)smap_setup(state);
	assert_status(map(0), OK);
	vmproc_end(owner);
	assert_status(map_of(third, WIN, grantee, WIN, PAGES(N), 1), OK);
	fake_write(third, WIN, 60);
	fake_write(grantee, WIN + PAGES(1), 61);
	assert_int_equal(fake_read(grantee, WIN), 60);
	assert_int_equal(fake_read(third, WIN + PAGES(1)), 61);
}

#define TEST(f) cmocka_unit_test_setup(f, smap_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_window_for_looking),
		TEST(test_each_window_has_its_own_right),
		TEST(test_former_window_can_be_written),
		TEST(test_owner_can_store_after_its_child_has_ended),
		TEST(test_memory_that_may_only_be_read),
		TEST(test_each_part_of_a_range_is_asked),
		TEST(test_one_page_decides),
		TEST(test_rights_do_not_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
