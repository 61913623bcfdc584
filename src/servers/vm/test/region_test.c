/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Regions, and the requests that change them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/fake.h"
#include "test/unit/status.h"

#define RW       (VM_PROT_READ | VM_PROT_WRITE)
#define HEAP     0x00500000u
#define PAGES(n) ((n)*PAGE_SIZE)

static struct vmproc *p;

static int
setup(void **state)
{
	(void)state;
	fake_machine();
	p = fake_process();
	p->brk_min = HEAP - 100;
	p->brk = HEAP - 100;
	return 0;
}

static int
brk_to(vir_bytes addr)
{
	struct vm_brk_req req = { addr };
	struct vm_brk_rep rep = { 0 };
	int r = do_vm_brk(p->ep, &req, &rep);

	if (r == OK && addr != 0)
		assert_int_equal(rep.addr, addr);
	return r;
}

static int
map(vir_bytes addr, vir_bytes length, uint32_t prot, uint32_t flags,
    vir_bytes *at)
{
	struct vm_mmap_req req = { addr, length, prot, flags };
	struct vm_mmap_rep rep = { 0 };
	int r = do_vm_mmap(p->ep, &req, &rep);

	*at = rep.addr;
	return r;
}

static int
unmap(vir_bytes addr, vir_bytes length)
{
	struct vm_munmap_req req = { addr, length };
	struct vm_munmap_rep rep;

	return do_vm_munmap(p->ep, &req, &rep);
}

static void
test_neighbours_are_one_region(void **state)
{
	(void)state;
	assert_status(region_add(p, HEAP, HEAP + PAGES(1), REGION_ANON, RW),
	    OK);
	assert_status(
	    region_add(p, HEAP + PAGES(2), HEAP + PAGES(3), REGION_ANON, RW),
	    OK);
	assert_int_equal(p->nregions, 2);
	assert_status(
	    region_add(p, HEAP + PAGES(1), HEAP + PAGES(2), REGION_ANON, RW),
	    OK);
	assert_int_equal(p->nregions, 1);
	assert_int_equal(p->committed, 3);
	assert_ptr_equal(region_find(p, HEAP), p->regions);
	assert_ptr_equal(region_find(p, HEAP + PAGES(3) - 1), p->regions);
	assert_null(region_find(p, HEAP + PAGES(3)));
}

static void
test_hole_divides_a_region(void **state)
{
	uint32_t n = frames_free();

	(void)state;
	assert_status(region_add(p, HEAP, HEAP + PAGES(5), REGION_ANON, RW),
	    OK);
	fake_write(p, HEAP + PAGES(2), 1);
	fake_write(p, HEAP + PAGES(4), 2);
	assert_status(region_remove(p, HEAP + PAGES(1), HEAP + PAGES(3)), OK);
	assert_int_equal(p->nregions, 2);
	assert_int_equal(p->committed, 3);
	assert_null(region_find(p, HEAP + PAGES(2)));
	assert_int_equal(fake_read(p, HEAP + PAGES(4)), 2);
	region_clear(p);
	assert_int_equal(p->committed, 0);
	/* A table and a page of records are kept. */
	assert_int_equal(frames_free(), n - 2);
}

static void
test_new_memory_is_zero(void **state)
{
	(void)state;
	assert_status(brk_to(HEAP + 5000), OK);
	assert_int_equal(fake_read(p, HEAP), 0);
	fake_write(p, HEAP + 4999, 7);
	assert_int_equal(fake_read(p, HEAP + 4999), 7);
	assert_int_equal(fake_read(p, HEAP + 4998), 0);
}

static void
test_break_goes_both_ways(void **state)
{
	(void)state;
	assert_status(brk_to(0), OK);
	assert_status(brk_to(HEAP + PAGES(3)), OK);
	fake_write(p, HEAP + PAGES(2), 9);
	assert_status(brk_to(HEAP + PAGES(1)), OK);
	assert_null(region_find(p, HEAP + PAGES(2)));
	assert_status(brk_to(HEAP + PAGES(3)), OK);
	assert_int_equal(fake_read(p, HEAP + PAGES(2)), 0);
	assert_status(brk_to(HEAP - 101), -ENOMEM);
	assert_status(brk_to(USER_MMAP_BASE + 1), -ENOMEM);
	assert_status(brk_to(UINT32_MAX), -ENOMEM);
}

static void
test_memory_that_is_not_there_is_not_promised(void **state)
{
	vir_bytes at;

	(void)state;
	assert_status(brk_to(HEAP + FAKE_MEMORY), -ENOMEM);
	assert_status(map(0, FAKE_MEMORY, RW, 0, &at), -ENOMEM);
	assert_status(map(0, FAKE_MEMORY / 2, RW, 0, &at), OK);
	assert_status(map(0, FAKE_MEMORY / 2, RW, 0, &at), -ENOMEM);
	assert_status(unmap(USER_MMAP_BASE, FAKE_MEMORY / 2), OK);
	assert_status(map(0, FAKE_MEMORY / 2, RW, 0, &at), OK);
	p->flags |= VMF_SERVICE;
	assert_status(map(0, FAKE_MEMORY, RW, 0, &at), OK);
}

static void
test_mmap_finds_the_lowest_room(void **state)
{
	vir_bytes a, b, c;

	(void)state;
	assert_status(map(0, 1, RW, 0, &a), OK);
	assert_status(map(0, PAGES(2), VM_PROT_READ, 0, &b), OK);
	assert_int_equal(a, USER_MMAP_BASE);
	assert_int_equal(b, USER_MMAP_BASE + PAGES(1));
	assert_status(unmap(a, 1), OK);
	assert_status(map(0, PAGES(1), RW, 0, &c), OK);
	assert_int_equal(c, a);
	assert_status(map(0x50000000, PAGES(1), RW, 0, &c), OK);
	assert_int_equal(c, 0x50000000);
	assert_status(map(c, PAGES(1), RW, 0, &c), OK);
	assert_int_equal(c, USER_MMAP_BASE + PAGES(3));
}

static void
test_fixed_replaces(void **state)
{
	vir_bytes at;

	(void)state;
	assert_status(map(0, PAGES(3), RW, 0, &at), OK);
	fake_write(p, at + PAGES(1), 5);
	assert_status(map(at + PAGES(1), PAGES(1), RW, VM_MAP_FIXED, &at), OK);
	assert_int_equal(fake_read(p, at), 0);
	assert_int_equal(p->nregions, 1);
}

static void
test_senseless_requests_are_refused(void **state)
{
	static const struct {
		vir_bytes addr, length;
		uint32_t prot, flags;
		int status;
	} bad[] = {
		{ 0, 0, RW, 0, -EINVAL },
		{ 0, UINT32_MAX, RW, 0, -ENOMEM },
		{ 0, UINT32_MAX - PAGE_SIZE, RW, 0, -ENOMEM },
		{ 0, 1, 8, 0, -EINVAL },
		{ 0, 1, RW, 1, -EINVAL },
		{ 0, 1, RW, VM_MAP_CONTIG, -EPERM },
		{ 0, 1, RW, VM_MAP_PREALLOC, -EPERM },
		{ 0, 1, RW, VM_MAP_FIXED, -EINVAL },
		{ HEAP + 1, 1, RW, VM_MAP_FIXED, -EINVAL },
		{ KERNEL_BASE - PAGE_SIZE, 1, RW, VM_MAP_FIXED, -EINVAL },
		{ KERNEL_BASE, 1, RW, VM_MAP_FIXED, -EINVAL },
		{ 0xFFFFF000u, PAGE_SIZE, RW, VM_MAP_FIXED, -EINVAL },
	};

	vir_bytes at;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(map(bad[i].addr, bad[i].length, bad[i].prot,
				     bad[i].flags, &at),
		    bad[i].status);
	assert_status(unmap(HEAP + 1, 1), -EINVAL);
	assert_status(unmap(HEAP, 0), -EINVAL);
	assert_status(unmap(HEAP, UINT32_MAX), -EINVAL);
	assert_status(unmap(HEAP, PAGES(1)), OK);
	assert_int_equal(p->nregions, 0);
}

/* Pages that can be promised to p, which has none. */
static uint32_t
promise(void)
{
	uint32_t n = 0;

	while (region_may_commit(p, n + 1))
		n++;
	return n;
}

static void
test_root_is_promised_more_than_users(void **state)
{
	struct vm_set_root_req req = { .ep = p->ep, .root = 1 };
	struct vm_set_root_rep none;
	uint32_t users = promise(), roots;
	vir_bytes at;

	(void)state;
	assert_int_equal(users, frames_limit(FRAME_USER));
	assert_status(map(0, PAGES(users), RW, 0, &at), OK);
	assert_status(map(0, PAGES(1), RW, 0, &at), -ENOMEM);
	assert_status(do_vm_set_root(PM_PROC_NR, &req, &none), OK);
	assert_int_equal(vmproc_use(p), FRAME_ROOT);
	roots = promise();
	assert_int_equal(roots + users, frames_limit(FRAME_ROOT));
	assert_true(roots > 0);
	assert_status(map(0, PAGES(roots), RW, 0, &at), OK);
	assert_status(map(0, PAGES(1), RW, 0, &at), -ENOMEM);
	req.root = 0;
	assert_status(do_vm_set_root(PM_PROC_NR, &req, &none), OK);
	assert_int_equal(vmproc_use(p), FRAME_USER);
	assert_false(region_may_commit(p, 0));
	req.ep = NONE;
	assert_status(do_vm_set_root(PM_PROC_NR, &req, &none), -EINVAL);
	req.ep = VM_PROC_NR;
	assert_status(do_vm_set_root(PM_PROC_NR, &req, &none), -EINVAL);
	p->flags |= VMF_SERVICE | VMF_ROOT;
	assert_int_equal(vmproc_use(p), FRAME_SERVICE);
}

static void
test_regions_of_a_process_are_limited(void **state)
{
	vir_bytes at = HEAP;
	int n = 0;

	(void)state;
	while (region_add(p, at, at + PAGES(1), REGION_ANON, RW) == OK) {
		at += PAGES(2);
		n++;
	}
	assert_int_equal(n, REGIONS_MAX);
}

static void
test_device_memory_needs_permission(void **state)
{
	struct vm_map_phys_req req = { 0xB8010, 0x8000 };
	struct vm_unmap_phys_req undo = { 0 };
	struct vm_map_phys_rep rep = { 0 };
	struct vm_unmap_phys_rep none;
	uint32_t n = frames_free();

	(void)state;
	fake.privctl_status = -EPERM;
	assert_status(do_vm_map_phys(p->ep, &req, &rep), -EPERM);
	fake.privctl_status = OK;
	assert_status(do_vm_map_phys(p->ep, &req, &rep), OK);
	assert_int_equal(rep.addr % PAGE_SIZE, 0x10);
	assert_int_equal(*pt_entry(p->page_dir, rep.addr + 0x8000),
	    0xC0000 | PTE_WRITABLE | PTE_CD | PTE_PINNED);
	undo.addr = rep.addr;
	assert_status(do_vm_unmap_phys(p->ep, &undo, &none), OK);
	assert_status(do_vm_unmap_phys(p->ep, &undo, &none), -EINVAL);
	assert_int_equal(frames_free(), n - 2); /* a table, records */
	req.length = UINT32_MAX;
	assert_status(do_vm_map_phys(p->ep, &req, &rep), -EINVAL);
}

static void
test_memory_for_devices_is_in_one_piece(void **state)
{
	vir_bytes at;
	uint32_t first, n = frames_free(), i;

	(void)state;
	p->flags |= VMF_SERVICE;
	assert_status(map(0, PAGES(8), 0, VM_MAP_PREALLOC, &at), -EINVAL);
	assert_status(map(0, PAGES(8), RW, VM_MAP_CONTIG, &at), OK);
	first = *pt_entry(p->page_dir, at);
	for (i = 0; i < 8; i++) {
		assert_int_equal(*pt_entry(p->page_dir, at + PAGES(i)),
		    first + PAGES(i));
		assert_int_equal(*fake_byte(p, at + PAGES(i)), 0);
	}
	assert_status(unmap(at, PAGES(8)), OK);
	assert_int_equal(frames_free(), n - 2);
}

static void
test_end_gives_everything_back(void **state)
{
	struct vm_exit_req req = { p->ep };
	struct vm_exit_rep rep;
	vir_bytes at;
	uint32_t i, n;

	(void)state;
	assert_status(map(0, PAGES(1), RW, 0, &at), OK);
	n = frames_free(); /* without the page of records */
	p->flags |= VMF_SERVICE;
	assert_status(map(0, PAGES(9), RW, VM_MAP_PREALLOC, &at), OK);
	for (i = 0; i < 5; i++)
		(void)brk_to(HEAP + PAGES(i));
	fake_write(p, HEAP, 1);
	assert_status(do_vm_exit(PM_PROC_NR, &req, &rep), OK);
	assert_int_equal(fake.dir, pt_empty());
	assert_int_equal(frames_free(), n + 1); /* and its page directory */
	assert_status(do_vm_exit(PM_PROC_NR, &req, &rep), -EINVAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_neighbours_are_one_region, setup),
		cmocka_unit_test_setup(test_hole_divides_a_region, setup),
		cmocka_unit_test_setup(test_new_memory_is_zero, setup),
		cmocka_unit_test_setup(test_break_goes_both_ways, setup),
		cmocka_unit_test_setup(
		    test_memory_that_is_not_there_is_not_promised, setup),
		cmocka_unit_test_setup(test_mmap_finds_the_lowest_room, setup),
		cmocka_unit_test_setup(test_fixed_replaces, setup),
		cmocka_unit_test_setup(test_senseless_requests_are_refused,
		    setup),
		cmocka_unit_test_setup(test_root_is_promised_more_than_users,
		    setup),
		cmocka_unit_test_setup(test_regions_of_a_process_are_limited,
		    setup),
		cmocka_unit_test_setup(test_device_memory_needs_permission,
		    setup),
		cmocka_unit_test_setup(test_memory_for_devices_is_in_one_piece,
		    setup),
		cmocka_unit_test_setup(test_end_gives_everything_back, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
