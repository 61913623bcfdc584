/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Faults, fork and exec: whose page is it?
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/fake.h"
#include "test/unit/status.h"

#define RW   (VM_PROT_READ | VM_PROT_WRITE)
#define RX   (VM_PROT_READ | VM_PROT_EXEC)
#define TEXT 0x00400000u
#define DATA 0x00410000u
#define TOP  (USER_STACK_TOP - 16)

static struct vmproc *p;

static int
setup_with(size_t memory)
{
	fake_machine_with(memory);
	p = fake_process();
	assert_status(region_add(p, TEXT, DATA, REGION_ANON, RX), OK);
	assert_status(
	    region_add(p, DATA, DATA + 3 * PAGE_SIZE, REGION_ANON, RW), OK);
	assert_status(region_add(p, USER_STACK_TOP - PAGE_SIZE, USER_STACK_TOP,
			  REGION_STACK, RW),
	    OK);
	fake_write(p, DATA, 1);
	fake_write(p, TOP, 2);
	assert_int_equal(fake_read(p, TEXT), 0);
	return 0;
}

static int
setup(void **state)
{
	(void)state;
	return setup_with(FAKE_MEMORY);
}

/* Three frames for each of 200 generations. */
static int
setup_large(void **state)
{
	(void)state;
	return setup_with(4u << 20);
}

static void
test_fault_outside_is_a_signal(void **state)
{
	(void)state;
	fake_fault(p, DATA + 3 * PAGE_SIZE, PF_USER);
	assert_int_equal(fake.killed, SIGSEGV);
	fake.killed = 0;
	fake_fault(p, TEXT, PF_USER | PF_PRESENT | PF_WRITE);
	assert_int_equal(fake.killed, SIGSEGV);
	fake.killed = 0;
	fake_fault(p, STACK_LIMIT - 1, PF_USER | PF_WRITE);
	assert_int_equal(fake.killed, SIGSEGV);
}

static void
test_stack_grows(void **state)
{
	(void)state;
	fake_write(p, TOP - 100 * PAGE_SIZE, 3);
	fake_write(p, STACK_LIMIT, 4);
	assert_int_equal(p->nregions, 3);
	assert_int_equal(fake_read(p, TOP), 2);
}

static void
test_child_has_a_copy(void **state)
{
	struct vmproc *c = fake_fork(p, USER_SLOT + 1);

	(void)state;
	assert_int_equal(fake_read(c, DATA), 1);
	assert_int_equal(fake_read(c, TOP), 2);
	fake_write(c, DATA, 10);
	assert_int_equal(fake_read(p, DATA), 1);
	fake_write(p, TOP, 20);
	assert_int_equal(fake_read(c, TOP), 2);
	fake_write(p, DATA, 11);
	assert_int_equal(fake_read(c, DATA), 10);
	/* What neither had touched is not shared later. */
	fake_write(c, DATA + PAGE_SIZE, 5);
	assert_int_equal(fake_read(p, DATA + PAGE_SIZE), 0);
}

static void
test_last_user_does_not_copy(void **state)
{
	struct vmproc *c = fake_fork(p, USER_SLOT + 1);
	struct vm_exit_req req = { c->ep };
	struct vm_exit_rep rep;
	uint32_t n;

	(void)state;
	assert_status(do_vm_exit(PM_PROC_NR, &req, &rep), OK);
	n = frames_free();
	fake_write(p, DATA, 10);
	fake_write(p, TOP, 10);
	assert_int_equal(frames_free(), n);
	assert_int_equal(p->count.pages_copied, 0);
}

static void
test_code_is_shared_and_stays_readonly(void **state)
{
	struct vmproc *c = fake_fork(p, USER_SLOT + 1);

	(void)state;
	assert_int_equal(frame_refs(*pt_entry(c->page_dir, TEXT) & PTE_FRAME),
	    2);
	fake_fault(c, TEXT, PF_USER | PF_PRESENT | PF_WRITE);
	assert_int_equal(fake.killed, SIGSEGV);
	/* The debugger may, and only its victim sees it. */
	assert_status(page_provide(c, TEXT, ACCESS_FORCE), OK);
	*fake_byte(c, TEXT) = 0xCC;
	assert_int_equal(fake_read(p, TEXT), 0);
	assert_int_equal(*pt_entry(c->page_dir, TEXT) & ~PTE_FRAME,
	    PTE_READABLE | PTE_KW);
	/* The victim's child cannot be reached through the victim. */
	c = fake_fork(c, USER_SLOT + 2);
	assert_int_equal(*pt_entry(c->page_dir, TEXT) & ~PTE_FRAME,
	    PTE_READABLE);
}

static void
test_many_generations_share(void **state)
{
	struct vmproc *c[200];
	int i;

	(void)state;
	for (i = 0; i < 200; i++)
		c[i] = fake_fork(i == 0 ? p : c[i - 1], USER_SLOT + 1 + i);
	assert_int_equal(frame_refs(*pt_entry(p->page_dir, DATA) & PTE_FRAME),
	    201);
	fake_write(c[199], DATA, 99);
	assert_int_equal(fake_read(c[198], DATA), 1);
	for (i = 0; i < 200; i++)
		vmproc_end(c[i]);
	assert_int_equal(frame_refs(*pt_entry(p->page_dir, DATA) & PTE_FRAME),
	    1);
}

static void
test_really_shared_page_is_copied_for_the_child(void **state)
{
	struct vmproc *c;
	uint32_t *pte = pt_entry(p->page_dir, DATA);

	(void)state;
	*pte |= PTE_SHARED;
	frame_share(*pte & PTE_FRAME); /* by somebody else's window */
	c = fake_fork(p, USER_SLOT + 1);
	assert_int_equal(*pte & PTE_W, PTE_W);
	fake_write(p, DATA, 50);
	assert_int_equal(fake_read(c, DATA), 1);
	assert_int_equal(frame_refs(*pte & PTE_FRAME), 2);
}

static void
test_fork_without_memory_changes_nothing(void **state)
{
	struct vm_fork_req req = { .parent = p->ep,
		.child_slot = USER_SLOT + 1 };
	struct vm_fork_rep rep;
	phys_bytes held[3];
	uint32_t i, n;

	(void)state;
	while (frames_available(3, FRAME_USER))
		(void)frame_alloc(FRAME_USER);
	n = frames_free();
	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), -ENOMEM);
	assert_int_equal(frames_free(), n);
	assert_null(vmproc_find(endpoint_make(1, USER_SLOT + 1)));
	fake_write(p, DATA, 60); /* nothing is left shared */
	for (i = 0; i < 3; i++)
		held[i] = frame_alloc(FRAME_USER);
	assert_int_equal(held[2], NO_FRAME);
	fake_fault(p, DATA + PAGE_SIZE, PF_USER | PF_WRITE);
	assert_int_equal(fake.killed, SIGKILL);
}

/* Users have taken all they can; root still forks, and then its child is
 * root's, too, until somebody says otherwise. */
static void
test_fork_of_root_has_memory_kept(void **state)
{
	struct vm_fork_req req = { p->ep, USER_SLOT + 1, 1 };
	struct vm_fork_rep rep;
	struct vmproc *c;

	(void)state;
	while (frame_alloc(FRAME_USER) != NO_FRAME)
		;
	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), -ENOMEM);
	p->flags |= VMF_ROOT;
	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), OK);
	c = vmproc_find(rep.child);
	assert_int_equal(c->flags, VMF_ROOT);
	fake_write(c, DATA, 3);
	assert_int_equal(fake.killed, 0);
	req = (struct vm_fork_req){ p->ep, USER_SLOT + 2, 0 };
	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), OK);
	c = vmproc_find(rep.child);
	assert_int_equal(c->flags, 0); /* PM says that it is a user's */
	fake_fault(c, DATA, PF_USER | PF_WRITE | PF_PRESENT);
	assert_int_equal(fake.killed, SIGKILL);
}

static void
test_fork_checks_its_arguments(void **state)
{
	static const struct vm_fork_req bad[] = { { NONE, 1, 0 },
		{ 12345, 1, 0 }, { -1, 1, 0 },
		{ VM_PROC_NR, USER_SLOT + 1, 0 } };
	struct vm_fork_req req = { p->ep, -1, 0 };
	struct vm_fork_rep rep;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_status(do_vm_fork(PM_PROC_NR, &bad[i], &rep), -EINVAL);
	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), -EINVAL);
	req.child_slot = NR_PROCS;
	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), -EINVAL);
	req.child_slot = USER_SLOT;
	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), -EBUSY);
	req.child_slot = USER_SLOT + 1;
	fake.fork_status = -EINVAL;
	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), -EINVAL);
	assert_int_equal(vmproc_table[USER_SLOT + 1].ep, NONE);
}

/* A program with code, data that lies in the file up to the middle of a
 * page, and arguments on the stack. */
static struct vm_image
image_make(void)
{
	struct vm_image image = { .segments = 2, .stack_filled = 100 };

	image.seg[0].start = TEXT;
	image.seg[0].length = 5000;
	image.seg[0].filled = 5000;
	image.seg[0].prot = RX;
	image.seg[1].start = DATA;
	image.seg[1].length = 20000;
	image.seg[1].filled = 6000;
	image.seg[1].prot = RW;
	return image;
}

static int
image_exec(const struct vm_image *image)
{
	struct vm_exec_newmem_req req = { p->ep, 0x1000 };
	struct vm_exec_newmem_rep rep;

	fake.source = image;
	return do_vm_exec_newmem(VFS_PROC_NR, &req, &rep);
}

static void
test_exec_builds_the_image(void **state)
{
	struct vm_image image = image_make();
	const uint32_t *pte;

	(void)state;
	assert_status(image_exec(&image), OK);
	/* The loader can write code, the process cannot even see it. */
	pte = pt_entry(p->page_dir, TEXT + PAGE_SIZE);
	assert_int_equal(*pte & ~PTE_FRAME, PTE_P | PTE_KW);
	assert_int_equal(*fake_byte(p, DATA + 8191), 0);
	assert_int_equal(*fake_byte(p, USER_STACK_TOP - 101), 0);
	fake_fault(p, TEXT, PF_USER | PF_PRESENT);
	assert_int_equal(*pte & ~PTE_FRAME, PTE_READABLE);
	assert_int_equal(fake.killed, 0);
	fake_fault(p, TEXT, PF_USER | PF_PRESENT | PF_WRITE);
	assert_int_equal(fake.killed, SIGSEGV);
	fake.killed = 0;
	assert_int_equal(fake_read(p, DATA + 19999), 0);
	assert_int_equal(p->brk, DATA + 20000);
	assert_int_equal(p->committed, 5);
}

static void
test_exec_gives_no_frames_for_what_is_lent(void **state)
{
	struct vm_image image = image_make();
	uint32_t *pte;

	(void)state;
	image.seg[0].lent = PAGE_SIZE;
	assert_status(image_exec(&image), OK);
	pte = pt_entry(p->page_dir, TEXT);
	assert_true(pte == NULL || (*pte & PTE_P) == 0);
	pte = pt_entry(p->page_dir, TEXT + PAGE_SIZE);
	assert_int_equal(*pte & ~PTE_FRAME, PTE_P | PTE_KW);
	/* It is not shared after all: the loader can write it. */
	assert_status(page_provide(p, TEXT, ACCESS_WRITE), OK);
	assert_int_equal(*pt_entry(p->page_dir, TEXT) & ~PTE_FRAME,
	    PTE_P | PTE_KW);
}

static void
test_exec_refuses_unsound_images(void **state)
{
	struct vm_image image = image_make();

	(void)state;
	image.segments = VM_SEGMENTS + 1;
	assert_status(image_exec(&image), -EINVAL);
	image.segments = 0;
	assert_status(image_exec(&image), -EINVAL);
	image = image_make();
	image.seg[1].start = TEXT + PAGE_SIZE; /* overlap */
	assert_status(image_exec(&image), -EINVAL);
	image = image_make();
	image.seg[0].start = 0;
	assert_status(image_exec(&image), -EINVAL);
	image = image_make();
	image.seg[1].length = UINT32_MAX;
	assert_status(image_exec(&image), -EINVAL);
	image = image_make();
	image.seg[1].filled = image.seg[1].length + 1;
	assert_status(image_exec(&image), -EINVAL);
	image = image_make();
	image.seg[1].lent = 100; /* not whole pages */
	assert_status(image_exec(&image), -EINVAL);
	image.seg[1].lent = 2 * PAGE_SIZE; /* more than is filled */
	assert_status(image_exec(&image), -EINVAL);
	image = image_make();
	image.stack_filled = USER_STACK_MAX + 1;
	assert_status(image_exec(&image), -EINVAL);
	image = image_make();
	image.seg[1].length = image.seg[1].filled = FAKE_MEMORY;
	assert_status(image_exec(&image), -ENOMEM);
	assert_int_equal(fake_read(p, DATA), 1); /* the old image lives */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_fault_outside_is_a_signal, setup),
		cmocka_unit_test_setup(test_stack_grows, setup),
		cmocka_unit_test_setup(test_child_has_a_copy, setup),
		cmocka_unit_test_setup(test_last_user_does_not_copy, setup),
		cmocka_unit_test_setup(test_code_is_shared_and_stays_readonly,
		    setup),
		cmocka_unit_test_setup(test_many_generations_share,
		    setup_large),
		cmocka_unit_test_setup(
		    test_really_shared_page_is_copied_for_the_child, setup),
		cmocka_unit_test_setup(test_fork_without_memory_changes_nothing,
		    setup),
		cmocka_unit_test_setup(test_fork_of_root_has_memory_kept,
		    setup),
		cmocka_unit_test_setup(test_fork_checks_its_arguments, setup),
		cmocka_unit_test_setup(test_exec_builds_the_image, setup),
		cmocka_unit_test_setup(
		    test_exec_gives_no_frames_for_what_is_lent, setup),
		cmocka_unit_test_setup(test_exec_refuses_unsound_images, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
