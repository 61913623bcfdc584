/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory that is really shared: who sees which stores, who may make them, and
 * what is left when it ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/cow.h"
#include "servers/vm/smap.h"
#include "servers/vm/test/fake.h"

#define RW       (VM_PROT_READ | VM_PROT_WRITE)
#define RX       (VM_PROT_READ | VM_PROT_EXEC)
#define PAGES(n) ((n)*PAGE_SIZE)
#define TEXT     0x00400000u
#define MEM      0x00500000u
#define WIN      0x007FE000u /* crosses into another table */
#define N        4
#define STACK    (USER_STACK_TOP - PAGES(1))
#define STORE    (PF_USER | PF_PRESENT | PF_WRITE)

static struct vmproc *owner, *grantee, *third;

static struct vmproc *
process(int slot)
{
	struct vmproc *p = fake_process_in(slot);

	assert_int_equal(region_add(p, TEXT, TEXT + PAGES(2), REGION_ANON, RX),
	    OK);
	assert_int_equal(region_add(p, MEM, MEM + PAGES(N), REGION_ANON, RW),
	    OK);
	assert_int_equal(region_add(p, WIN, WIN + PAGES(N), REGION_ANON, RW),
	    OK);
	assert_int_equal(region_add(p, STACK, USER_STACK_TOP, REGION_STACK, RW),
	    OK);
	return p;
}

static int
setup(void **state)
{
	uint32_t i;

	(void)state;
	fake_machine();
	owner = process(USER_SLOT);
	grantee = process(USER_SLOT + 1);
	third = process(USER_SLOT + 2);
	for (i = 0; i < N; i++)
		fake_write(owner, MEM + PAGES(i), (uint8_t)(10 + i));
	return 0;
}

static int
map_of(struct vmproc *to, vir_bytes addr, struct vmproc *from,
    vir_bytes from_addr, vir_bytes length, int write)
{
	return fake_request((struct sys_memreq_rep){ .kind = MEMREQ_SMAP,
	    .target = to->ep,
	    .start = addr,
	    .length = length,
	    .write = write,
	    .source = from->ep,
	    .source_addr = from_addr });
}

static int
map(int write)
{
	return map_of(grantee, WIN, owner, MEM, PAGES(N), write);
}

static int
unmap_of(struct vmproc *p, vir_bytes addr, vir_bytes length)
{
	return fake_request((struct sys_memreq_rep){ .kind = MEMREQ_SUNMAP,
	    .target = p->ep,
	    .start = addr,
	    .length = length });
}

static int
unmap(void)
{
	return unmap_of(grantee, WIN, PAGES(N));
}

static uint32_t
refs(const struct vmproc *p, vir_bytes addr)
{
	return frame_refs(fake_entry(p, addr) & PTE_FRAME);
}

/* Whether a store of the process itself is its end. */
static bool
store_kills(struct vmproc *p, vir_bytes addr)
{
	bool killed;

	if ((fake_entry(p, addr) & PTE_W) != 0)
		return false;
	fake_fault(p, addr, STORE);
	killed = fake.killed == SIGSEGV;
	fake.killed = 0;
	return killed;
}

static void
leave_frames(uint32_t n)
{
	while (frames_available(n + 1, FRAME_USER))
		(void)frame_alloc(FRAME_USER);
}

static void
test_stores_are_seen_by_all(void **state)
{
	uint32_t n;

	(void)state;
	fake_write(grantee, WIN, 1);
	fake_write(grantee, WIN + PAGES(2), 1);
	n = frames_free();
	assert_int_equal(map(1), OK);
	assert_int_equal(frames_free(), n + 2); /* what was there is gone */
	assert_int_equal(fake_read(grantee, WIN), 10);
	fake_write(grantee, WIN, 50);
	assert_int_equal(fake_read(owner, MEM), 50);
	fake_write(owner, MEM + PAGES(3), 51);
	assert_int_equal(fake_read(grantee, WIN + PAGES(3)), 51);
	assert_int_equal(owner->count.faults, N); /* nobody has faulted */
	assert_int_equal(refs(owner, MEM), 2);
}

static void
test_several_windows_on_one_page(void **state)
{
	(void)state;
	assert_int_equal(map(1), OK);
	assert_int_equal(map_of(third, WIN, owner, MEM, PAGES(N), 0), OK);
	assert_int_equal(refs(owner, MEM), 3);
	fake_write(grantee, WIN, 50);
	assert_int_equal(fake_read(third, WIN), 50);
	assert_int_equal(unmap(), OK);
	fake_write(grantee, WIN, 51);
	fake_write(owner, MEM, 52);
	assert_int_equal(fake_read(third, WIN), 52);
	assert_int_equal(fake_read(grantee, WIN), 51);
}

static void
test_window_for_looking(void **state)
{
	(void)state;
	assert_int_equal(map(0), OK);
	assert_true(store_kills(grantee, WIN));
	assert_false(store_kills(owner, MEM));
	fake_write(owner, MEM, 50);
	assert_int_equal(fake_read(grantee, WIN), 50);
	/* Nor can the kernel be made to do it, or the debugger. */
	assert_int_equal(page_provide(grantee, WIN, ACCESS_WRITE), -EFAULT);
	assert_int_equal(page_provide(grantee, WIN, ACCESS_FORCE), -EFAULT);
	assert_int_equal(page_provide(grantee, WIN, ACCESS_READ), OK);
	/* When the owner is gone it is memory like any other. */
	vmproc_end(owner);
	fake_write(grantee, WIN, 51);
	assert_int_equal(fake_read(grantee, WIN), 51);
	assert_int_equal(fake_entry(grantee, WIN) & PTE_SHARED, 0);
}

static void
test_end_of_sharing_keeps_the_contents(void **state)
{
	int write;

	(void)state;
	for (write = 0; write < 2; write++) {
		assert_int_equal(map(write), OK);
		fake_write(owner, MEM, 50);
		assert_int_equal(unmap(), OK);
		assert_int_equal(refs(owner, MEM), 1);
		assert_int_equal(fake_entry(grantee, WIN) & ~PTE_FRAME,
		    PTE_WRITABLE);
		fake_write(owner, MEM, 51);
		assert_int_equal(fake_read(grantee, WIN), 50);
		fake_write(grantee, WIN, 52);
		assert_int_equal(fake_read(owner, MEM), 51);
		assert_int_equal(unmap(), OK); /* again: nothing to do */
		assert_int_equal(fake_read(grantee, WIN), 52);
	}
}

static void
test_unmap_when_all_others_are_gone(void **state)
{
	uint32_t n;

	(void)state;
	assert_int_equal(map(0), OK);
	vmproc_end(owner);
	n = frames_free();
	assert_int_equal(unmap(), OK);
	assert_int_equal(frames_free(), n);
	assert_int_equal(fake_entry(grantee, WIN) & ~PTE_FRAME, PTE_WRITABLE);
	assert_int_equal(fake_read(grantee, WIN), 10);
	vmproc_end(grantee);
	assert_int_equal(unmap(), OK); /* who is dead has no window */
}

static void
test_end_of_the_grantee(void **state)
{
	uint32_t n;

	(void)state;
	assert_int_equal(map(1), OK);
	fake_write(grantee, WIN, 50);
	n = frames_free();
	vmproc_end(grantee);
	assert_int_equal(frames_free(), n + 3); /* directory, two tables */
	assert_int_equal(fake_read(owner, MEM), 50);
	assert_int_equal(refs(owner, MEM), 1);
	fake_write(owner, MEM, 51);
	/* The mark that is left does not make it shared. */
	assert_int_equal(map_of(third, WIN, owner, MEM, PAGES(1), 1), OK);
	fake_write(third, WIN, 52);
	assert_int_equal(fake_read(owner, MEM), 52);
}

static void
test_cow_partners_do_not_join(void **state)
{
	struct vmproc *child = fake_fork(owner, USER_SLOT + 5);

	(void)state;
	assert_int_equal(map(1), OK);
	assert_int_equal(owner->count.pages_copied, N);
	fake_write(child, MEM, 22);
	assert_int_equal(fake_read(grantee, WIN), 10);
	fake_write(grantee, WIN, 23);
	assert_int_equal(fake_read(owner, MEM), 23);
	assert_int_equal(fake_read(child, MEM), 22);
}

static void
test_owner_can_store_after_its_child_has_ended(void **state)
{
	struct vmproc *child = fake_fork(owner, USER_SLOT + 5);

	(void)state;
	vmproc_end(child);
	assert_int_equal(fake_entry(owner, MEM) & PTE_W, 0);
	assert_int_equal(map(0), OK);
	assert_false(store_kills(owner, MEM));
	fake_write(owner, MEM, 50);
	assert_int_equal(fake_read(grantee, WIN), 50);
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
	assert_int_equal(cow_map(&back), OK);
	assert_int_equal(map(1), OK);
	assert_int_equal(fake_read(grantee, WIN), 33);
	assert_int_equal(fake_read(owner, MEM), 33);
	/* What nobody had touched is zero, and shared. */
	fake_write(owner, MEM + PAGES(1), 34);
	assert_int_equal(fake_read(grantee, WIN + PAGES(1)), 34);
}

static void
test_child_of_either_gets_a_copy(void **state)
{
	struct vmproc *a, *b;

	(void)state;
	assert_int_equal(map(1), OK);
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
}

static void
test_child_may_write_its_copy_of_a_window_for_looking(void **state)
{
	struct vmproc *child;

	(void)state;
	assert_int_equal(map(0), OK);
	child = fake_fork(grantee, USER_SLOT + 5);
	fake_write(child, WIN, 52);
	assert_int_equal(fake_read(grantee, WIN), 10);
	assert_true(store_kills(grantee, WIN));
}

static void
test_child_shares_what_is_shared_no_more(void **state)
{
	struct vmproc *child;

	(void)state;
	assert_int_equal(map(1), OK);
	vmproc_end(grantee);
	child = fake_fork(owner, USER_SLOT + 5);
	assert_int_equal(refs(owner, MEM), 2);
	assert_int_equal((fake_entry(owner, MEM) | fake_entry(child, MEM)) &
		(PTE_SHARED | PTE_W),
	    0);
	fake_write(owner, MEM, 50);
	assert_int_equal(fake_read(child, MEM), 10);
}

static void
test_rights_do_not_grow(void **state)
{
	(void)state;
	assert_int_equal(map(0), OK);
	/* The grantee shows its window to a third. */
	assert_int_equal(map_of(third, WIN, grantee, WIN, PAGES(N), 1), -EPERM);
	assert_int_equal(fake_entry(third, WIN), 0);
	assert_int_equal(map_of(third, WIN, grantee, WIN, PAGES(N), 0), OK);
	assert_true(store_kills(third, WIN));
	assert_true(store_kills(grantee, WIN));
	fake_write(owner, MEM, 50);
	assert_int_equal(fake_read(third, WIN), 50);
	/* Code. */
	assert_int_equal(map_of(third, MEM, owner, TEXT, PAGES(2), 1), -EPERM);
	assert_int_equal(map_of(third, MEM, owner, TEXT, PAGES(2), 0), OK);
	assert_true(store_kills(third, MEM));
	assert_true(store_kills(owner, TEXT));
	assert_int_equal(unmap_of(third, MEM, PAGES(2)), OK);
	assert_true(store_kills(owner, TEXT));
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
		{ WIN, MEM, PAGES(N + 1), -EINVAL },        /* ends in one */
		{ TEXT, MEM, PAGES(1), -EINVAL },
		{ STACK, MEM, PAGES(1), -EINVAL },
		{ 0xFFFFF000u, MEM, PAGES(1), -EINVAL },
		{ WIN, 0xFFFFF000u, PAGES(1), -EFAULT },
		{ WIN, MEM, 0xFFFFF000u, -EFAULT },
		{ WIN, MEM + PAGES(1), PAGES(N), -EFAULT },
		{ WIN, MEM - PAGES(1), PAGES(2), -EFAULT },
		{ 0, MEM, PAGES(1), -EINVAL },
		{ WIN, 0, PAGES(1), -EFAULT },
	};

	uint32_t n;
	size_t i;

	(void)state;
	assert_int_equal(fake_read(grantee, WIN), 0);
	assert_int_equal(fake_read(grantee, WIN + PAGES(2)), 0);
	n = frames_free();
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(map_of(grantee, bad[i].addr, owner,
				     bad[i].owner_addr, bad[i].length, 1),
		    bad[i].status);
	assert_int_equal(frames_free(), n);
	assert_int_equal(refs(owner, MEM), 1);
	/* Regions of different kinds side by side. */
	assert_int_equal(region_add(grantee, WIN + PAGES(N), WIN + PAGES(N + 1),
			     REGION_DMA, RW),
	    OK);
	assert_int_equal(
	    map_of(grantee, WIN + PAGES(1), owner, MEM, PAGES(N), 1), -EINVAL);
	assert_int_equal(
	    map_of(grantee, WIN + PAGES(N), owner, MEM, PAGES(1), 1), -EINVAL);
}

static void
test_device_memory_is_not_shown(void **state)
{
	struct vm_map_phys_req req = { .phys = 0xFEC00000u, .length = 1 };
	struct vm_map_phys_rep rep;

	(void)state;
	req.ep = owner->ep;
	assert_int_equal(do_vm_map_phys(owner->ep, &req, &rep), OK);
	assert_int_equal(map_of(grantee, WIN, owner, rep.addr, PAGES(1), 0),
	    -EINVAL);
	assert_int_equal(map_of(owner, rep.addr, grantee, MEM, PAGES(1), 0),
	    -EINVAL);
}

static void
test_pages_that_are_taken(void **state)
{
	(void)state;
	assert_int_equal(map(1), OK);
	assert_int_equal(map(1), -EBUSY);
	assert_int_equal(
	    map_of(grantee, WIN + PAGES(3), third, MEM, PAGES(1), 0), -EBUSY);
	/* What others look at cannot become a window. */
	assert_int_equal(map_of(owner, MEM, third, MEM, PAGES(1), 0), -EBUSY);
	fake_write(third, WIN, 1);
	*pt_entry(third->page_dir, WIN) |= PTE_PINNED;
	assert_int_equal(map_of(third, WIN, owner, MEM, PAGES(1), 0), -EBUSY);
	assert_int_equal(unmap(), OK);
	assert_int_equal(map(1), OK);
}

static void
test_pinned_memory_can_be_shown(void **state)
{
	uint32_t entry;

	(void)state;
	*pt_entry(owner->page_dir, MEM) |= PTE_PINNED;
	entry = fake_entry(owner, MEM);
	assert_int_equal(map(0), OK);
	assert_int_equal(fake_entry(owner, MEM), entry | PTE_SHARED);
	assert_int_equal(fake_entry(grantee, WIN) & PTE_PINNED, 0);
	assert_int_equal(unmap(), OK);
	assert_int_equal(fake_entry(owner, MEM), entry | PTE_SHARED);
}

static void
test_window_on_oneself(void **state)
{
	(void)state;
	assert_int_equal(map_of(owner, WIN, owner, MEM, PAGES(N), 1), OK);
	fake_write(owner, WIN, 50);
	assert_int_equal(fake_read(owner, MEM), 50);
	assert_int_equal(unmap_of(owner, WIN, PAGES(N)), OK);
	fake_write(owner, WIN, 51);
	assert_int_equal(fake_read(owner, MEM), 50);
	assert_int_equal(map_of(owner, MEM, owner, MEM + PAGES(1), PAGES(2), 1),
	    -EINVAL);
	assert_int_equal(map_of(owner, MEM, owner, MEM, PAGES(1), 1), -EINVAL);
}

static void
test_no_frames_nothing_changes(void **state)
{
	struct vmproc *child;

	(void)state;
	child = fake_fork(owner, USER_SLOT + 5);
	fake_write(grantee, WIN, 1);
	leave_frames(1); /* for a table, but not for a page */
	assert_int_equal(map(1), -ENOMEM);
	assert_int_equal(fake_read(grantee, WIN), 1);
	assert_int_equal(refs(owner, MEM), 2);
	vmproc_end(child);
	assert_int_equal(map(1), OK);
	leave_frames(N - 1);
	assert_int_equal(unmap(), -ENOMEM);
	fake_write(owner, MEM, 50);
	assert_int_equal(fake_read(grantee, WIN), 50);
	assert_int_equal(unmap_of(grantee, WIN, PAGES(N - 1)), OK);
	assert_int_equal(refs(owner, MEM), 1);
	assert_int_equal(refs(owner, MEM + PAGES(N - 1)), 2);
	/* One that ends needs no frames to lose its window. */
	leave_frames(0);
	grantee->flags |= VMF_EXITING;
	assert_int_equal(unmap(), OK);
	assert_int_equal(refs(owner, MEM + PAGES(N - 1)), 1);
}

static void
test_who_cannot_take_part(void **state)
{
	struct vmproc none = { .ep = NONE }, *vm = fake_process_in(VM_PROC_NR);

	(void)state;
	vm->ep = VM_PROC_NR;
	assert_int_equal(map_of(&none, WIN, owner, MEM, PAGES(1), 1), -EFAULT);
	assert_int_equal(map_of(grantee, WIN, &none, MEM, PAGES(1), 1),
	    -EFAULT);
	assert_int_equal(map_of(vm, WIN, owner, MEM, PAGES(1), 1), -EFAULT);
	assert_int_equal(map_of(grantee, WIN, vm, MEM, PAGES(1), 1), -EFAULT);
	assert_int_equal(unmap_of(&none, WIN, PAGES(1)), OK);
	assert_int_equal(unmap_of(grantee, WIN + 1, PAGES(1)), -EINVAL);
	assert_int_equal(unmap_of(grantee, WIN, 0), -EINVAL);
	assert_int_equal(unmap_of(grantee, WIN, 0xFFFFF000u), -EFAULT);
	assert_int_equal(unmap_of(grantee, PAGES(1), PAGES(3)), OK);
	owner->flags |= VMF_LOADING;
	assert_int_equal(map(1), -EINVAL);
	owner->flags = VMF_EXITING;
	assert_int_equal(map(1), -EFAULT);
	owner->flags = 0;
	grantee->flags |= VMF_EXITING;
	assert_int_equal(map(1), -EFAULT);
}

static void
test_figures(void **state)
{
	struct vm_info_req req = { owner->ep }, all = { NONE };
	struct vm_info_rep rep = { 0 };

	(void)state;
	assert_int_equal(map(1), OK);
	assert_int_equal(do_vm_info(PM_PROC_NR, &req, &rep), OK);
	assert_int_equal(rep.smap_pages, N);
	rep = (struct vm_info_rep){ 0 };
	assert_int_equal(do_vm_info(PM_PROC_NR, &all, &rep), OK);
	assert_int_equal(rep.smap_pages, 2 * N);
	assert_int_equal(rep.shared, 2 * N);
	assert_int_equal(unmap(), OK);
	rep = (struct vm_info_rep){ 0 };
	assert_int_equal(do_vm_info(PM_PROC_NR, &all, &rep), OK);
	assert_int_equal(rep.smap_pages, 0);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_stores_are_seen_by_all),
		TEST(test_several_windows_on_one_page),
		TEST(test_window_for_looking),
		TEST(test_end_of_sharing_keeps_the_contents),
		TEST(test_unmap_when_all_others_are_gone),
		TEST(test_end_of_the_grantee),
		TEST(test_cow_partners_do_not_join),
		TEST(test_owner_can_store_after_its_child_has_ended),
		TEST(test_mapping_after_a_copy_of_the_window),
		TEST(test_child_of_either_gets_a_copy),
		TEST(test_child_may_write_its_copy_of_a_window_for_looking),
		TEST(test_child_shares_what_is_shared_no_more),
		TEST(test_rights_do_not_grow),
		TEST(test_places_for_a_window),
		TEST(test_device_memory_is_not_shown),
		TEST(test_pages_that_are_taken),
		TEST(test_pinned_memory_can_be_shown),
		TEST(test_window_on_oneself),
		TEST(test_no_frames_nothing_changes),
		TEST(test_who_cannot_take_part),
		TEST(test_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
