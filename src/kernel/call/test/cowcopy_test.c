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

#include "kernel/call/cowcopy.h"
#include "kernel/counters.h"
#include "kernel/params.h"
#include "test/unit/status.h"

#define PAGE PAGE_SIZE

enum {
	ALICE = 20,
	BOB
};

struct proc proc_table[NR_TASKS + NR_PROCS];
struct kernel_counters counters;

#define UNSAID UINT32_MAX /* nobody has given the parameter */

static uint32_t cow_param, min_param; /* boot parameters */

uint32_t
param_number(const char *key, uint32_t otherwise)
{
	uint32_t value = strcmp(key, "cow") == 0 ? cow_param : min_param;

	assert_true(strcmp(key, "cow") == 0 || strcmp(key, "cowmin") == 0);
	return value == UNSAID ? otherwise : value;
}

/* What was copied, byte by byte. */
static struct copied {
	struct place src, dst;
	vir_bytes size;
} copied[4];

static int copies, copy_result;
static int second_result; /* of the second copy on */

int
data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags)
{
	(void)requestor;
	assert_int_equal(flags, 0);
	if (size != 0 && copies < 4)
		copied[copies++] = (struct copied){ src, dst, size };
	return copies > 1 ? second_result : copy_result;
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
	copy_result = second_result = answer = OK;
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

/* All sides and lengths around the limits, against a count of whole pages. */
static void
test_parts_add_up(void **state)
{
	static const vir_bytes ats[] = { 0, 1, PAGE - 1 };
	vir_bytes src, dst, bytes, first;
	struct cow_parts p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof ats / sizeof ats[0]; i++) {
		src = 0x5000 + ats[i];
		dst = 0x905000 + ats[i];
		for (bytes = PAGE; bytes <= 3 * PAGE + 2; bytes++) {
			p = cow_split(src, dst, bytes);
			first = (dst + PAGE - 1) / PAGE;
			assert_int_equal(p.head, first * PAGE - dst);
			assert_int_equal(p.middle,
			    ((dst + bytes) / PAGE - first) * PAGE);
			assert_int_equal(p.head + p.middle + p.tail, bytes);
		}
	}
}

static void
test_less_than_a_page_is_all_head(void **state)
{
	static const vir_bytes ats[] = { 0, 1, PAGE - 1 };
	static const vir_bytes sizes[] = { 0, 1, 2, PAGE - 2, PAGE - 1 };
	struct cow_parts p;
	size_t i, k;

	(void)state;
	for (i = 0; i < 3; i++) {
		for (k = 0; k < 5; k++) {
			p = cow_split(ats[i], 8 * PAGE + ats[i], sizes[k]);
			assert_int_equal(p.head, sizes[k]);
			assert_int_equal(p.middle + p.tail, 0);
		}
	}
}

/* A head and a tail were copied, in either order. */
static void
ends_are(vir_bytes src, vir_bytes dst, vir_bytes head, vir_bytes middle,
    vir_bytes tail)
{
	const struct copied *h = &copied[0], *t = &copied[1];

	assert_int_equal(copies, 2);
	if (h->src.addr != src) {
		h = &copied[1];
		t = &copied[0];
	}
	assert_int_equal(h->src.addr, src);
	assert_int_equal(h->dst.addr, dst);
	assert_int_equal(h->size, head);
	assert_int_equal(t->src.addr, src + head + middle);
	assert_int_equal(t->dst.addr, dst + head + middle);
	assert_int_equal(t->size, tail);
	assert_ptr_equal(h->src.proc, t->src.proc);
	assert_ptr_equal(h->dst.proc, t->dst.proc);
}

static void
test_ends_are_copied_first_and_vm_ends_the_copy(void **state)
{
	int status;

	(void)state;
	assert_status(copy(BOB, 100, ALICE, 8 * PAGE + 100, 3 * PAGE),
	    -EVMSUSPEND);
	ends_are(100, 8 * PAGE + 100, 3996, 2 * PAGE, 100);
	assert_ptr_equal(copied[0].src.proc, proc_slot(BOB));
	assert_ptr_equal(copied[0].dst.proc, proc_slot(ALICE));
	assert_int_equal(requests, 1);
	assert_int_equal(asked.kind, MEMREQ_COWMAP);
	assert_int_equal(asked.target, proc_slot(ALICE)->endpoint);
	assert_int_equal(asked.start, 9 * PAGE);
	assert_int_equal(asked.length, 2 * PAGE);
	assert_int_equal(asked.source, proc_slot(BOB)->endpoint);
	assert_int_equal(asked.source_addr, PAGE);
	assert_int_equal(counters.cow_requests, 1);
	assert_int_equal(counters.cow_pages, 2);

	answered = true;
	answer = -EFAULT;
	assert_true(cow_is_done(proc_slot(ALICE), &status));
	assert_status(status, -EFAULT);
	assert_false(cow_is_done(proc_slot(ALICE), &status));
	asked.kind = MEMREQ_CHECK; /* then it was not about sharing */
	answered = true;
	assert_false(cow_is_done(proc_slot(ALICE), &status));
}

static void
test_whole_pages_have_no_ends(void **state)
{
	(void)state;
	assert_status(copy(BOB, PAGE, ALICE, 8 * PAGE, 5 * PAGE), -EVMSUSPEND);
	assert_int_equal(copies, 0);
	assert_int_equal(asked.source_addr, PAGE);
	assert_int_equal(asked.start, 8 * PAGE);
	assert_int_equal(asked.length, 5 * PAGE);
	assert_int_equal(counters.cow_pages, 5);
}

/* Neither a head nor a tail that waits or fails lets VM be asked. */
static void
test_vm_is_not_asked_before_the_ends_are_done(void **state)
{
	static const int results[] = { -EVMSUSPEND, -EFAULT, -ENOMEM };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		copy_result = second_result = results[i];
		assert_status(copy(BOB, 0, ALICE, 8 * PAGE, PAGE + 1),
		    results[i]);
		assert_status(
		    copy(BOB, PAGE - 1, ALICE, 9 * PAGE - 1, PAGE + 1),
		    results[i]);
		assert_status(copy(BOB, 100, ALICE, 8 * PAGE + 100, 2 * PAGE),
		    results[i]);
	}
	assert_int_equal(requests, 0);
	assert_int_equal(counters.cow_requests + counters.cow_pages, 0);
}

/* One of the two is done, and the other is not. */
static void
test_one_end_that_fails_is_enough(void **state)
{
	(void)state;
	copy_result = -EFAULT;
	assert_status(copy(BOB, 100, ALICE, 8 * PAGE + 100, 2 * PAGE), -EFAULT);
	copies = 0;
	copy_result = OK;
	second_result = -EFAULT;
	assert_status(copy(BOB, 100, ALICE, 8 * PAGE + 100, 2 * PAGE), -EFAULT);
	assert_int_equal(requests, 0);
}

static void
test_a_copy_of_bytes_has_its_own_errors(void **state)
{
	(void)state;
	copy_result = -EFAULT;
	assert_status(copy(BOB, 1, ALICE, 8 * PAGE, 3 * PAGE), -EFAULT);
	copies = 0;
	copy_result = -EVMSUSPEND;
	assert_status(copy(BOB, 1, ALICE, 8 * PAGE, 3 * PAGE), -EVMSUSPEND);
	assert_int_equal(requests, 0);
}

static void
test_requests_and_pages_are_counted(void **state)
{
	(void)state;
	(void)copy(BOB, 0, ALICE, 8 * PAGE, 5000 * PAGE);
	(void)copy(BOB, 0, ALICE, 8 * PAGE, 3 * PAGE + 1);
	assert_int_equal(counters.cow_requests, 2);
	assert_int_equal(counters.cow_pages, 5003);
}

/* A copy of three pages that is to be made of bytes. */
static void
is_plain(int from, vir_bytes src, int to, vir_bytes dst)
{
	copies = 0;
	assert_status(copy(from, src, to, dst, 3 * PAGE), OK);
	assert_int_equal(copies, 1);
	assert_int_equal(copied[0].size, 3 * PAGE);
	assert_int_equal(copied[0].src.addr, src);
	assert_int_equal(copied[0].dst.addr, dst);
	assert_ptr_equal(copied[0].src.proc, proc_slot(from));
	assert_ptr_equal(copied[0].dst.proc, proc_slot(to));
	assert_int_equal(requests, 0);
}

static void
test_what_cannot_be_shared_is_copied(void **state)
{
	(void)state;
	is_plain(BOB, 1, ALICE, 8 * PAGE);
	is_plain(VM_PROC_NR, 0, ALICE, 8 * PAGE);
	is_plain(ALICE, 0, VM_PROC_NR, 8 * PAGE);
}

static void
test_ranges_end_below_the_kernel(void **state)
{
	const vir_bytes last = KERNEL_BASE - 3 * PAGE;

	(void)state;
	is_plain(BOB, last + PAGE, ALICE, 0);
	is_plain(BOB, 0, ALICE, last + PAGE);
	is_plain(BOB, KERNEL_BASE, ALICE, 0);
	is_plain(BOB, 0u - PAGE, ALICE, 0);
	is_plain(BOB, 0, ALICE, 0u - PAGE);
	assert_status(copy(BOB, last, ALICE, 0, 3 * PAGE), -EVMSUSPEND);
	assert_status(copy(BOB, last - 1, ALICE, PAGE - 1, 3 * PAGE + 1),
	    -EVMSUSPEND);
	requests = 0;
	assert_status(copy(BOB, last + 1, ALICE, 1, 3 * PAGE), OK);
	assert_status(copy(BOB, 1, ALICE, last + 1, 3 * PAGE), OK);
	/* All there is, and a byte and a page more. */
	assert_status(copy(BOB, 0, ALICE, 0, KERNEL_BASE + 1), OK);
	assert_status(copy(BOB, 0, ALICE, 0, KERNEL_BASE + PAGE), OK);
	assert_int_equal(requests, 0);
	assert_status(copy(BOB, 0, ALICE, 0, KERNEL_BASE), -EVMSUSPEND);
	assert_status(copy(BOB, 0, ALICE, last, 3 * PAGE), -EVMSUSPEND);
}

static void
test_ranges_that_overlap_are_copied(void **state)
{
	(void)state;
	is_plain(ALICE, 0, ALICE, 2 * PAGE);
	is_plain(ALICE, 2 * PAGE, ALICE, 0);
	is_plain(ALICE, PAGE, ALICE, PAGE);
	/* They touch; they are two processes'. */
	assert_status(copy(ALICE, 0, ALICE, 3 * PAGE, 3 * PAGE), -EVMSUSPEND);
	assert_status(copy(ALICE, 3 * PAGE, ALICE, 0, 3 * PAGE), -EVMSUSPEND);
	assert_status(copy(BOB, 0, ALICE, PAGE, 3 * PAGE), -EVMSUSPEND);
}

/* Whole pages that lie apart, but bytes that do not. */
static void
test_one_byte_of_overlap_is_enough(void **state)
{
	(void)state;
	copies = requests = 0;
	assert_status(copy(ALICE, 100, ALICE, PAGE + 100, 2 * PAGE), OK);
	assert_status(copy(ALICE, PAGE + 100, ALICE, 100, 2 * PAGE), OK);
	assert_status(copy(ALICE, 0, ALICE, 2 * PAGE, 2 * PAGE + 1), OK);
	assert_int_equal(requests, 0);
	assert_int_equal(copies, 3);
	assert_status(copy(ALICE, 0, ALICE, 2 * PAGE, 2 * PAGE), -EVMSUSPEND);
}

static void
test_vm_itself_is_not_made_to_wait(void **state)
{
	struct place src = place_in(proc_slot(ALICE), 0);
	struct place dst = place_in(proc_slot(BOB), 0);

	(void)state;
	assert_status(cow_copy(proc_slot(VM_PROC_NR), src, dst, PAGE), OK);
	assert_int_equal(requests, 0);
}

/* Whether copies of so many whole pages are shared. */
static bool
shares(vir_bytes pages, vir_bytes ends)
{
	requests = 0;
	copies = 0;
	(void)copy(BOB, PAGE - ends, ALICE, 9 * PAGE - ends,
	    pages * PAGE + 2 * ends);
	return requests > 0;
}

static void
test_the_whole_pages_decide(void **state)
{
	(void)state;
	min_param = 3;
	cow_init();
	assert_int_equal(cow_min_bytes, 3 * PAGE);
	assert_true(shares(3, 0));
	assert_false(shares(2, 0));
	assert_true(shares(3, 2000));
	assert_false(shares(2, PAGE - 1)); /* nearly four pages of bytes */
	assert_int_equal(copies, 1);
	assert_int_equal(copied[0].size, 4 * PAGE - 2);
}

static void
test_boot_parameters(void **state)
{
	(void)state;
	assert_int_equal(cow_min_bytes, PAGE);
	min_param = 0;
	cow_init();
	assert_int_equal(cow_min_bytes, PAGE);
	cow_param = 0;
	cow_init();
	assert_int_equal(cow_min_bytes, UINT32_MAX);
	cow_param = 7; /* anything but 0 */
	min_param = 2;
	cow_init();
	assert_int_equal(cow_min_bytes, 2 * PAGE);
	cow_param = min_param = UNSAID;
	cow_init();
	assert_int_equal(cow_min_bytes, COW_MIN_PAGES * PAGE);
}

/* More pages than a process has. */
static void
test_no_copy_is_large_enough(void **state)
{
	static const uint32_t many[] = { KERNEL_BASE / PAGE, 1u << 20,
		(1u << 20) + 1, UINT32_MAX - 1 };
	size_t i;

	(void)state;
	min_param = KERNEL_BASE / PAGE - 1;
	cow_init();
	assert_int_equal(cow_min_bytes, KERNEL_BASE - PAGE);
	for (i = 0; i < sizeof many / sizeof many[0]; i++) {
		min_param = many[i];
		cow_init();
		assert_int_equal(cow_min_bytes, UINT32_MAX);
	}
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_parts_of_a_copy),
		TEST(test_parts_add_up),
		TEST(test_less_than_a_page_is_all_head),
		TEST(test_unequal_offsets_are_not_divided),
		TEST(test_ends_are_copied_first_and_vm_ends_the_copy),
		TEST(test_whole_pages_have_no_ends),
		TEST(test_vm_is_not_asked_before_the_ends_are_done),
		TEST(test_one_end_that_fails_is_enough),
		TEST(test_a_copy_of_bytes_has_its_own_errors),
		TEST(test_requests_and_pages_are_counted),
		TEST(test_what_cannot_be_shared_is_copied),
		TEST(test_ranges_end_below_the_kernel),
		TEST(test_ranges_that_overlap_are_copied),
		TEST(test_one_byte_of_overlap_is_enough),
		TEST(test_vm_itself_is_not_made_to_wait),
		TEST(test_the_whole_pages_decide),
		TEST(test_boot_parameters),
		TEST(test_no_copy_is_large_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
