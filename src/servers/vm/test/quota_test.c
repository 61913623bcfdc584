/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Quotas: whatever way a service takes memory, it gets its last page, and not
 * one more. Proves: B5 (what a service may have is said in one place).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/region.h"
#include "servers/vm/test/fake.h"
#include "test/unit/status.h"

#define RW       (VM_PROT_READ | VM_PROT_WRITE)
#define HEAP     0x00500000u
#define PAGES(n) ((vir_bytes)(n)*PAGE_SIZE)
#define QUOTA    12u /* pages */
#define STACK    3u  /* of them, to begin with */
#define REST     (QUOTA - STACK)
#define TOP      USER_STACK_TOP

static struct vmproc *p;

static int
quota_set(uint32_t pages)
{
	struct vm_rs_set_priv_req req = { .ep = p->ep, .quota = 4 * pages };
	struct vm_rs_set_priv_rep rep;

	return do_vm_rs_set_priv(RS_PROC_NR, &req, &rep);
}

/* A service with a stack of three pages. */
static int
setup(void **state)
{
	(void)state;
	fake_machine();
	p = fake_process();
	p->brk_min = p->brk = HEAP;
	assert_status(region_add(p, TOP - PAGES(STACK), TOP, REGION_STACK, RW),
	    OK);
	assert_status(quota_set(QUOTA), OK);
	assert_int_not_equal(p->flags & VMF_SERVICE, 0);
	return 0;
}

static int
map(uint32_t pages, uint32_t prot, uint32_t flags, vir_bytes *at)
{
	struct vm_mmap_req req = { 0, PAGES(pages), prot, flags };
	struct vm_mmap_rep rep = { 0 };
	int r = do_vm_mmap(p->ep, &req, &rep);

	*at = rep.addr;
	return r;
}

static int
brk_to(vir_bytes addr)
{
	struct vm_brk_req req = { addr };
	struct vm_brk_rep rep = { 0 };

	return do_vm_brk(p->ep, &req, &rep);
}

static int
unmap(vir_bytes addr, uint32_t pages)
{
	struct vm_munmap_req req = { addr, PAGES(pages) };
	struct vm_munmap_rep rep;

	return do_vm_munmap(p->ep, &req, &rep);
}

/* Every way of mapping: what is left, and a page more, at once and singly. */
static void
test_each_kind_of_mapping_ends_at_the_quota(void **state)
{
	static const uint32_t flags[] = { 0, VM_MAP_PREALLOC, VM_MAP_CONTIG };
	static const uint32_t prots[] = { VM_PROT_READ, RW, RW | VM_PROT_EXEC };
	vir_bytes at, one;
	uint32_t i, k, n;

	for (i = 0; i < 9; i++) {
		(void)setup(state);
		k = i % 3;
		n = frames_free();
		assert_status(map(REST + 1, prots[i / 3], flags[k], &at),
		    -ENOMEM);
		assert_int_equal(frames_free(), n);
		assert_status(map(REST, prots[i / 3], flags[k], &at), OK);
		assert_status(map(1, prots[i / 3], flags[k], &one), -ENOMEM);
		assert_status(brk_to(HEAP + 1), -ENOMEM);
		assert_status(unmap(at, 1), OK);
		assert_status(map(1, prots[i / 3], flags[k], &one), OK);
		assert_status(map(1, prots[i / 3], flags[k], &one), -ENOMEM);
	}
}

static void
test_memory_without_any_access_counts(void **state)
{
	vir_bytes at;

	(void)state;
	assert_status(map(REST + 1, 0, 0, &at), -ENOMEM);
	assert_status(map(REST, 0, 0, &at), OK);
	assert_status(map(1, 0, 0, &at), -ENOMEM);
}

static void
test_the_break_ends_at_the_quota(void **state)
{
	(void)state;
	assert_status(brk_to(HEAP + PAGES(REST) + 1), -ENOMEM);
	assert_status(brk_to(HEAP + PAGES(REST)), OK);
	assert_status(brk_to(HEAP + PAGES(REST) + 1), -ENOMEM);
	assert_status(brk_to(HEAP + PAGES(REST) - PAGES(1)), OK);
	assert_status(brk_to(HEAP + PAGES(REST)), OK);
}

static void
test_the_stack_ends_at_the_quota(void **state)
{
	(void)state;
	assert_null(region_find(p, TOP - PAGES(QUOTA) - 1));
	assert_non_null(region_find(p, TOP - PAGES(QUOTA)));
	assert_status(brk_to(HEAP + 1), -ENOMEM);
	fake_fault(p, TOP - PAGES(QUOTA) - 1, PF_USER | PF_WRITE);
	assert_int_equal(fake.killed, SIGSEGV);
}

static void
test_the_stack_and_the_rest_share_the_quota(void **state)
{
	vir_bytes at;

	(void)state;
	assert_non_null(region_find(p, TOP - PAGES(STACK + 1)));
	assert_status(map(REST, RW, 0, &at), -ENOMEM);
	assert_status(map(REST - 1, RW, 0, &at), OK);
	assert_null(region_find(p, TOP - PAGES(STACK + 2)));
}

static void
test_a_quota_below_what_it_has_is_refused(void **state)
{
	vir_bytes at;

	(void)state;
	assert_status(map(REST, RW, 0, &at), OK);
	assert_status(quota_set(QUOTA - 1), -ENOMEM);
	assert_int_equal(p->quota, QUOTA);
	assert_status(quota_set(QUOTA), OK);
	assert_status(quota_set(QUOTA + 1), OK);
	assert_status(map(1, RW, 0, &at), OK);
	assert_status(map(1, RW, 0, &at), -ENOMEM);
}

static void
test_users_and_devices_have_none(void **state)
{
	vir_bytes at;

	(void)state;
	assert_status(region_add(p, HEAP, HEAP + PAGES(99), REGION_DEVICE, RW),
	    OK);
	assert_status(map(REST, RW, 0, &at), OK);
	region_clear(p);
	assert_int_equal(p->held, 0);
	p = fake_process_in(USER_SLOT + 1);
	assert_int_equal(p->quota, QUOTA_NONE);
	assert_status(map(QUOTA + 1, RW, 0, &at), OK);
}

/* A child is a user, with the memory of its parent but not its quota. */
static void
test_a_child_counts_what_it_holds(void **state)
{
	struct vmproc *child;
	vir_bytes at;

	(void)state;
	assert_status(map(REST, RW, 0, &at), OK);
	child = fake_fork(p, USER_SLOT + 1);
	assert_int_equal(child->held, p->held);
	assert_int_equal(child->quota, QUOTA_NONE);
	assert_int_equal(child->flags & VMF_SERVICE, 0);
	assert_int_equal(child->call_mask, VM_USER_CALLS);
	region_clear(child);
	assert_int_equal(child->held, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    test_each_kind_of_mapping_ends_at_the_quota, setup),
		cmocka_unit_test_setup(test_memory_without_any_access_counts,
		    setup),
		cmocka_unit_test_setup(test_the_break_ends_at_the_quota, setup),
		cmocka_unit_test_setup(test_the_stack_ends_at_the_quota, setup),
		cmocka_unit_test_setup(
		    test_the_stack_and_the_rest_share_the_quota, setup),
		cmocka_unit_test_setup(
		    test_a_quota_below_what_it_has_is_refused, setup),
		cmocka_unit_test_setup(test_users_and_devices_have_none, setup),
		cmocka_unit_test_setup(test_a_child_counts_what_it_holds,
		    setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
