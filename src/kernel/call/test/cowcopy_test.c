/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of copies that share pages: how they are divided, when VM is
 * asked, and what is left to do when it has answered. Proves: A1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <abi/kcall_vm.h>
#include <abi/vmlayout.h>

#include "kernel/boot.h"
#include "kernel/call/cowcopy.h"
#include "kernel/params.h"

#define PAGE PAGE_SIZE

enum {
	ALICE = 20,
	BOB
};

struct proc proc_table[NR_TASKS + NR_PROCS];
struct kernel_counters counters;

static uint32_t cow_param, min_param; /* boot parameters */

uint32_t
param_number(const char *key, uint32_t otherwise)
{
	(void)otherwise;
	return strcmp(key, "cow") == 0 ? cow_param : min_param;
}

/* What was copied, byte by byte. */
static struct copied {
	struct place src, dst;
	vir_bytes size;
} copied[4];

static int copies, copy_result;

int
data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags)
{
	(void)requestor;
	assert_int_equal(flags, 0);
	if (size != 0 && copies < 4)
		copied[copies++] = (struct copied){ src, dst, size };
	return copy_result;
}

static struct vm_request asked;
static int requests, answer;
static bool answered;

int
vm_suspend(struct proc *requestor, const struct vm_request *req)
{
	(void)requestor;
	asked = *req;
	requests++;
	return -EVMSUSPEND;
}

bool
vm_answer_take(struct proc *requestor, int kind, int *status)
{
	(void)requestor;
	if (!answered || asked.kind != kind)
		return false;
	answered = false;
	*status = answer;
	return true;
}

static int
setup(void **state)
{
	(void)state;
	for (int i = 0; i < NR_PROCS; i++) {
		proc_slot(i)->slot = i;
		proc_slot(i)->endpoint = endpoint_make(1, i);
	}
	proc_slot(VM_PROC_NR)->endpoint = VM_PROC_NR;
	memset(&counters, 0, sizeof counters);
	copies = requests = 0;
	copy_result = answer = OK;
	answered = false;
	cow_param = 1;
	min_param = 1;
	cow_init();
	return 0;
}

static int
copy(int from, vir_bytes src, int to, vir_bytes dst, vir_bytes bytes)
{
	return cow_copy(proc_slot(ALICE), place_in(proc_slot(from), src),
	    place_in(proc_slot(to), dst), bytes);
}

static void
parts_are(vir_bytes src, vir_bytes bytes, vir_bytes head, vir_bytes pages,
    vir_bytes tail)
{
	struct cow_parts p = cow_split(src, src + 16 * PAGE, bytes);

	assert_int_equal(p.head, head);
	assert_int_equal(p.middle, pages * PAGE);
	assert_int_equal(p.tail, tail);
}

static void
test_parts_of_a_copy(void **state)
{
	(void)state;
	parts_are(0, 4095, 4095, 0, 0);
	parts_are(0, 4096, 0, 1, 0);
	parts_are(0, 8193, 0, 2, 1);
	parts_are(100, 4096, 3996, 0, 100);
	parts_are(100, 8192, 3996, 1, 100);
	parts_are(4095, 4097, 1, 1, 0);
	parts_are(4095, 4096, 1, 0, 4095);
	parts_are(1, 3 * PAGE - 1, 4095, 2, 0);
	parts_are(KERNEL_BASE - 20 * PAGE, 3 * PAGE, 0, 3, 0);
}

static void
test_unequal_offsets_are_not_divided(void **state)
{
	struct cow_parts p = cow_split(100, 5 * PAGE + 101, 10 * PAGE);

	(void)state;
	assert_int_equal(p.head, 10 * PAGE);
	assert_int_equal(p.middle, 0);
	assert_int_equal(p.tail, 0);
}

static void
test_ends_are_copied_first_and_vm_ends_the_copy(void **state)
{
	int status;

	(void)state;
	assert_int_equal(copy(BOB, 100, ALICE, 8 * PAGE + 100, 2 * PAGE),
	    -EVMSUSPEND);
	assert_int_equal(copies, 2);
	assert_int_equal(copied[0].size, 3996);
	assert_int_equal(copied[0].src.addr, 100);
	assert_int_equal(copied[1].size, 100);
	assert_int_equal(copied[1].src.addr, 2 * PAGE);
	assert_int_equal(copied[1].dst.addr, 10 * PAGE);
	assert_int_equal(asked.kind, MEMREQ_COWMAP);
	assert_int_equal(asked.target, proc_slot(ALICE)->endpoint);
	assert_int_equal(asked.start, 9 * PAGE);
	assert_int_equal(asked.length, PAGE);
	assert_int_equal(asked.source, proc_slot(BOB)->endpoint);
	assert_int_equal(asked.source_addr, PAGE);
	assert_int_equal(counters.cow_requests, 1);
	assert_int_equal(counters.cow_pages, 1);

	answered = true;
	answer = -EFAULT;
	assert_true(cow_is_done(proc_slot(ALICE), &status));
	assert_int_equal(status, -EFAULT);
	assert_false(cow_is_done(proc_slot(ALICE), &status));
	asked.kind = MEMREQ_CHECK; /* then it was not about sharing */
	answered = true;
	assert_false(cow_is_done(proc_slot(ALICE), &status));
}

static void
test_vm_is_not_asked_before_the_ends_are_done(void **state)
{
	(void)state;
	copy_result = -EVMSUSPEND;
	assert_int_equal(copy(BOB, 0, ALICE, 8 * PAGE, PAGE + 1), -EVMSUSPEND);
	assert_int_equal(requests, 0);
	copy_result = -EFAULT;
	assert_int_equal(copy(BOB, 0, ALICE, 8 * PAGE, PAGE + 1), -EFAULT);
	assert_int_equal(requests, 0);
}

/* A copy of three pages that is to be made of bytes. */
static void
is_plain(int from, vir_bytes src, int to, vir_bytes dst)
{
	copies = 0;
	assert_int_equal(copy(from, src, to, dst, 3 * PAGE), OK);
	assert_int_equal(copies, 1);
	assert_int_equal(copied[0].size, 3 * PAGE);
	assert_int_equal(requests, 0);
}

static void
test_what_cannot_be_shared_is_copied(void **state)
{
	(void)state;
	is_plain(BOB, 1, ALICE, 8 * PAGE);
	is_plain(VM_PROC_NR, 0, ALICE, 8 * PAGE);
	is_plain(ALICE, 0, VM_PROC_NR, 8 * PAGE);
	is_plain(ALICE, 0, ALICE, 2 * PAGE);
	is_plain(ALICE, 2 * PAGE, ALICE, 0);
	is_plain(BOB, KERNEL_BASE - 2 * PAGE, ALICE, 0);
	is_plain(BOB, 0, ALICE, 0u - PAGE);
	assert_int_equal(copy(ALICE, 0, ALICE, 3 * PAGE, 3 * PAGE),
	    -EVMSUSPEND);
}

static void
test_vm_itself_is_not_made_to_wait(void **state)
{
	struct place src = place_in(proc_slot(ALICE), 0);
	struct place dst = place_in(proc_slot(BOB), 0);

	(void)state;
	assert_int_equal(cow_copy(proc_slot(VM_PROC_NR), src, dst, PAGE), OK);
	assert_int_equal(requests, 0);
}

static void
test_boot_parameters(void **state)
{
	(void)state;
	assert_int_equal(cow_min_bytes, PAGE);
	min_param = 3;
	cow_init();
	assert_int_equal(cow_min_bytes, 3 * PAGE);
	assert_int_equal(copy(BOB, 0, ALICE, 8 * PAGE, 3 * PAGE), -EVMSUSPEND);
	copies = 0;
	assert_int_equal(copy(BOB, 1, ALICE, 8 * PAGE + 1, 3 * PAGE), OK);
	assert_int_equal(copies, 1);
	min_param = 0;
	cow_init();
	assert_int_equal(cow_min_bytes, PAGE);
	cow_param = 0;
	cow_init();
	assert_int_equal(cow_min_bytes, UINT32_MAX);
	min_param = UINT32_MAX;
	cow_param = 1;
	cow_init();
	assert_int_equal(cow_min_bytes, UINT32_MAX);
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_parts_of_a_copy),
		TEST(test_unequal_offsets_are_not_divided),
		TEST(test_ends_are_copied_first_and_vm_ends_the_copy),
		TEST(test_vm_is_not_asked_before_the_ends_are_done),
		TEST(test_what_cannot_be_shared_is_copied),
		TEST(test_vm_itself_is_not_made_to_wait),
		TEST(test_boot_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
