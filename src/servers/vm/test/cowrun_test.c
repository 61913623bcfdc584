/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The short way for copies of ordinary pages: it comes to the same as the long
 * one. Proves: A1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/cow_fake.h"
#include "test/unit/status.h"

/* What the kernel asks for when pages are to be copied; VM's answer. */
static int
request(const struct vmproc *src, vir_bytes src_addr, const struct vmproc *dst,
    vir_bytes dst_addr, vir_bytes length)
{
	return fake_request((struct sys_memreq_rep){ .kind = MEMREQ_COWMAP,
	    .target = dst->ep,
	    .start = dst_addr,
	    .length = length,
	    .source = src->ep,
	    .source_addr = src_addr });
}

/* A page of some kind: never touched, private, pinned, shared by a child. */
static void
make_kind(struct vmproc *p, vir_bytes addr, uint32_t kind)
{
	if (kind == 0) {
		pt_unmap(p->page_dir, addr, addr + PAGE_SIZE, true);
		return;
	}
	fake_write(p, addr, 7);
	if (kind == 2)
		pin(p, addr);
	if (kind == 3)
		assert_status(copy_between(p, addr, third, SRC, PAGES(1)), OK);
}

/* As the kernel asks: what can be is shared, the rest is copied. */
static void
test_requests_of_the_kernel(void **state)
{
	(void)state;
	assert_status(request(from, SRC, to, DST, PAGES(2)), OK);
	assert_int_equal(fake_entry(from, SRC), fake_entry(to, DST));
	assert_int_equal(refs(to, DST + PAGES(1)), 2);
	assert_int_equal(to->count.cow_shares, 2);
	/* Again, and one more, of which the next page is pinned. */
	pin(from, SRC + PAGES(3));
	assert_status(request(from, SRC, to, DST, PAGES(N)), OK);
	assert_int_equal(to->count.cow_shares, 3);
	assert_int_equal(fake_read(to, DST + PAGES(3)), 13);
	assert_int_equal(refs(to, DST + PAGES(3)), 1);
	check_counts();
}

/* All pairs of kinds of pages, on two machines: one copies the short way. */
static void
test_both_ways_come_to_the_same(void **state)
{
	uint32_t pair, seen[2][4];
	int way, r[2];

	(void)state;
	for (pair = 0; pair < 4 * 4; pair++) {
		for (way = 0; way < 2; way++) {
			(void)cow_setup(NULL);
			make_kind(from, SRC + PAGES(1), pair % 4);
			make_kind(to, DST + PAGES(1), pair / 4);
			r[way] = way == 0
			    ? copy(3)
			    : request(from, SRC, to, DST, PAGES(3));
			seen[way][0] = to->count.cow_shares;
			seen[way][1] = frames_free();
			seen[way][2] = fake_entry(from, SRC + PAGES(1));
			seen[way][3] = fake_entry(to, DST + PAGES(1));
			check_counts();
		}
		assert_status(r[1], r[0]);
		assert_memory_equal(seen[0], seen[1], sizeof seen[0]);
	}
}

static void
test_senseless_requests_are_refused(void **state)
{
	static const struct {
		vir_bytes src, dst, length;
		int status;
	} bad[] = {
		{ SRC, DST, 0, -EINVAL },
		{ SRC + 1, DST, PAGES(1), -EINVAL },
		{ SRC, DST + 1, PAGES(1), -EINVAL },
		{ SRC, DST, PAGES(N + 1), -EFAULT },
		{ SRC - PAGES(1), DST, PAGES(2), -EFAULT },
		{ SRC, DST - PAGES(1), PAGES(2), -EFAULT },
		{ SRC, TEXT, PAGES(1), -EFAULT },
		{ SRC, 0xFFFFF000u, PAGES(1), -EFAULT },
	};

	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_status(
		    request(from, bad[i].src, to, bad[i].dst, bad[i].length),
		    bad[i].status);
	assert_status(request(from, SRC, from, SRC + PAGES(1), PAGES(2)),
	    -EINVAL);
	assert_int_equal(refs(from, SRC), 1);
}

static void
test_who_cannot_take_part(void **state)
{
	struct vmproc none = { .ep = NONE }, *vm = fake_process_in(VM_PROC_NR);

	(void)state;
	vm->ep = VM_PROC_NR;
	assert_status(request(&none, SRC, to, DST, PAGES(1)), -EFAULT);
	assert_status(request(from, SRC, &none, DST, PAGES(1)), -EFAULT);
	assert_status(request(vm, SRC, to, DST, PAGES(1)), -EFAULT);
	assert_status(request(from, SRC, vm, DST, PAGES(1)), -EFAULT);
}

#define TEST(f) cmocka_unit_test_setup(f, cow_setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_requests_of_the_kernel),
		TEST(test_both_ways_come_to_the_same),
		TEST(test_senseless_requests_are_refused),
		TEST(test_who_cannot_take_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
