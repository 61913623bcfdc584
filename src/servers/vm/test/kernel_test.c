/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What VM takes over from the kernel and from RS, and what the kernel asks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <proto/rs.h>

#include "servers/vm/test/fake.h"
#include "servers/vm/window.h"
#include "test/unit/status.h"

#define TEXT     0x00400000u
#define DIR      0x10000u /* of a boot process, below what is free */
#define PAGES(n) ((n)*PAGE_SIZE)

/* Enter a page as the kernel does: tables and frames one after the other. */
static void
boot_page(vir_bytes addr, uint32_t flags)
{
	static phys_bytes next;
	uint32_t *pd = window_at(DIR), *table;

	if (pd[0] == UINT32_MAX) { /* a new directory */
		memset(pd, 0, PAGE_SIZE);
		next = DIR + PAGE_SIZE;
	}
	if (pd[addr >> 22] == 0) {
		window_zero(next);
		pd[addr >> 22] = next | PTE_WRITABLE;
		next += PAGE_SIZE;
	}
	table = window_at(pd[addr >> 22] & PTE_FRAME);
	table[addr >> PAGE_SHIFT & 1023] = next | PTE_READABLE | flags;
	next += PAGE_SIZE;
}

static int
setup(void **state)
{
	uint32_t *pd;

	(void)state;
	fake_machine();
	pd = window_at(DIR);
	pd[0] = UINT32_MAX;
	boot_page(TEXT, 0);
	boot_page(TEXT + PAGES(1), 0);
	boot_page(TEXT + PAGES(2), PTE_W);
	boot_page(USER_STACK_TOP - PAGES(2), PTE_W);
	boot_page(USER_STACK_TOP - PAGES(1), PTE_W);
	fake.image[DS_PROC_NR].ep = DS_PROC_NR;
	fake.image[DS_PROC_NR].page_dir = DIR;
	return 0;
}

static void
test_boot_process_is_taken_over(void **state)
{
	uint32_t total = frames_total(), free = frames_free();
	struct vmproc *p;

	(void)state;
	assert_status(adopt_boot_processes(), OK);
	p = vmproc_find(DS_PROC_NR);
	assert_non_null(p);
	assert_int_equal(p->nregions, 3);
	assert_int_equal(p->brk, TEXT + PAGES(3));
	assert_int_equal(region_find(p, TEXT)->prot,
	    VM_PROT_READ | VM_PROT_EXEC);
	assert_int_equal(region_find(p, STACK_LIMIT)->kind, REGION_STACK);
	assert_int_equal(frames_total(), total + 8);

	/* It can end like any other, and its frames are of use. */
	vmproc_end(p);
	assert_int_equal(frames_free(), free + 8 - 1); /* records */
}

static void
test_masks_come_from_rs(void **state)
{
	struct rprocpub table[NR_SYS_PROCS] = { { 0 } };
	struct vm_rs_set_priv_req req = { DS_PROC_NR, VM_CALL_BIT(VM_MAP_PHYS),
		128 };
	struct vm_rs_set_priv_rep rep;

	(void)state;
	assert_status(adopt_boot_processes(), OK);
	assert_status(acl_init(0), -EPERM);
	table[3].in_use = 1;
	table[3].endpoint = DS_PROC_NR;
	table[3].vm_call_mask = VM_CALL_BIT(VM_BRK);
	table[3].quota = VM_QUOTA_NONE;
	fake.source = table;
	assert_status(acl_init(0), OK);
	assert_true(acl_permits(DS_PROC_NR, VM_BRK));
	assert_int_equal(vmproc_find(DS_PROC_NR)->quota, QUOTA_NONE);
	assert_false(acl_permits(DS_PROC_NR, VM_MAP_PHYS));
	assert_false(acl_permits(RS_PROC_NR, VM_BRK)); /* does not exist */

	assert_status(do_vm_rs_set_priv(RS_PROC_NR, &req, &rep), OK);
	assert_true(acl_permits(DS_PROC_NR, VM_MAP_PHYS));
	assert_int_equal(vmproc_find(DS_PROC_NR)->quota, 32);
	req.ep = NONE;
	assert_status(do_vm_rs_set_priv(RS_PROC_NR, &req, &rep), -EINVAL);
}

static void
test_child_of_a_service_has_rights_of_users(void **state)
{
	struct vmproc *child;

	(void)state;
	assert_status(adopt_boot_processes(), OK);
	vmproc_find(DS_PROC_NR)->call_mask = UINT32_MAX;
	child = fake_fork(vmproc_find(DS_PROC_NR), USER_SLOT);
	assert_int_equal(child->call_mask, VM_USER_CALLS);
}

static void
test_child_of_a_service_has_its_memory(void **state)
{
	struct vmproc *parent, *child;
	const vir_bytes data = TEXT + PAGES(2);
	uint32_t entry;

	(void)state;
	assert_status(adopt_boot_processes(), OK);
	parent = vmproc_find(DS_PROC_NR);
	fake_write(parent, data, 1);
	fake_write(parent, USER_STACK_TOP - 1, 2);
	*pt_entry(parent->page_dir, data) |= PTE_PINNED;
	entry = fake_entry(parent, data);
	child = fake_fork(parent, USER_SLOT);
	assert_int_equal(child->flags, 0); /* it is a service no more */
	assert_int_equal(child->nregions, parent->nregions);
	assert_int_equal(fake_read(child, data), 1);
	fake_write(parent, USER_STACK_TOP - 1, 3);
	assert_int_equal(fake_read(child, USER_STACK_TOP - 1), 2);
	/* The kernel and devices find the page where it was. */
	assert_int_equal(fake_entry(parent, data), entry);
	assert_int_equal(fake_entry(child, data) & PTE_PINNED, 0);
	fake_write(child, data, 4);
	assert_int_equal(fake_read(parent, data), 1);
	vmproc_end(child);
	/* RS makes its children something else. */
	parent->ep = RS_PROC_NR;
	vmproc_table[RS_PROC_NR] = *parent;
	child = fake_fork(&vmproc_table[RS_PROC_NR], USER_SLOT);
	assert_int_equal(child->nregions, 0);
	assert_int_equal(child->flags, VMF_SERVICE);
}

/* Let the kernel ask for memory of the boot process. */
static int
ask(endpoint_t target, vir_bytes start, vir_bytes length, int write)
{
	return fake_request((struct sys_memreq_rep){ .kind = MEMREQ_CHECK,
	    .target = target,
	    .start = start,
	    .length = length,
	    .write = write });
}

static void
test_kernel_gets_memory_it_asks_for(void **state)
{
	struct vmproc *p;

	(void)state;
	assert_status(adopt_boot_processes(), OK);
	p = vmproc_find(DS_PROC_NR);
	assert_status(ask(p->ep, USER_STACK_TOP - PAGES(9), PAGES(9), 1), OK);
	assert_int_equal(*fake_byte(p, USER_STACK_TOP - PAGES(9)), 0);
	assert_status(ask(p->ep, TEXT, PAGES(3), 0), OK);
	assert_status(ask(p->ep, TEXT, 1, 1), -EFAULT);
	assert_status(ask(p->ep, TEXT, 1, MEMREQ_FORCE), OK);
	assert_status(ask(p->ep, TEXT + PAGES(2) + 1, PAGES(1), 0), -EFAULT);
	assert_status(ask(p->ep, TEXT, 0, 0), -EFAULT);
	assert_status(ask(p->ep, TEXT, UINT32_MAX, 0), -EFAULT);
	assert_status(ask(p->ep, KERNEL_BASE - 1, 2, 0), -EFAULT);
	assert_status(ask(NONE, TEXT, 1, 0), -EFAULT);
	while (frame_alloc(FRAME_SERVICE) != NO_FRAME)
		;
	assert_status(ask(p->ep, STACK_LIMIT, 1, 1), -ENOMEM);
}

static void
test_all_requests_are_served(void **state)
{
	(void)state;
	fake.memreq.kind = MEMREQ_CHECK;
	memreq_signal(SIGTERM);
	assert_int_equal(fake.memreq.kind, MEMREQ_CHECK);
	assert_status(
	    fake_request((struct sys_memreq_rep){ .kind = MEMREQ_SUNMAP + 1 }),
	    -ENOSYS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_boot_process_is_taken_over, setup),
		cmocka_unit_test_setup(test_masks_come_from_rs, setup),
		cmocka_unit_test_setup(
		    test_child_of_a_service_has_rights_of_users, setup),
		cmocka_unit_test_setup(test_child_of_a_service_has_its_memory,
		    setup),
		cmocka_unit_test_setup(test_kernel_gets_memory_it_asks_for,
		    setup),
		cmocka_unit_test_setup(test_all_requests_are_served, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
