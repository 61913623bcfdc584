/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of copies without a grant: whose memory each endpoint stands for.
 * That of nobody is physical memory only if the caller says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/call/call.h"
#include "test/unit/status.h"

enum {
	ALICE = 20,
	BOB,
	DEAD
};

struct proc proc_table[NR_TASKS + NR_PROCS];

static int copies; /* that were made */
static struct place from, to;
static uint32_t how;

int
data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags)
{
	assert_ptr_equal(requestor, proc_slot(ALICE));
	assert_int_equal(size, 7);
	copies++;
	from = src;
	to = dst;
	how = flags;
	return OK;
}

int
data_memset(struct proc *requestor, struct place dst, vir_bytes size,
    uint8_t pattern, uint32_t flags)
{
	assert_int_equal(pattern, 0x5a);
	return data_copy(requestor, dst, dst, size, flags);
}

int
vm_suspend(struct proc *requestor, const struct vm_request *req)
{
	(void)requestor, (void)req;
	fail(); /* a call does not look itself */
	return -EVMSUSPEND;
}

uint32_t
arch_page_entry(phys_bytes page_dir, vir_bytes addr)
{
	(void)page_dir, (void)addr;
	return 0;
}

static int
setup(void **state)
{
	int slot;

	(void)state;
	copies = 0;
	for (slot = ALICE; slot <= DEAD; slot++) {
		proc_slot(slot)->slot = slot;
		proc_slot(slot)->endpoint = endpoint_make(4, slot);
		proc_slot(slot)->rts_flags = slot == DEAD ? RTS_SLOT_FREE : 0;
	}
	return 0;
}

static int
copy(endpoint_t src, endpoint_t dst, vir_bytes bytes, uint32_t flags)
{
	struct sys_vircopy_req req = { src, 100, dst, 200, bytes, flags };
	struct no_payload rep;

	return do_sys_vircopy(proc_slot(ALICE), &req, &rep);
}

/* Whom an endpoint stands for. */
static const struct end {
	int generation, slot; /* of a process ... */
	endpoint_t special;   /* ... or, without a generation, what it is */
	int status;           /* without VIRCOPY_PHYS */
} ends[] = {
	{ 0, ALICE, SELF, OK },
	{ 4, BOB, 0, OK },
	{ 3, BOB, 0, -EINVAL },
	{ 4, DEAD, 0, -EINVAL },
	{ 0, 0, ANY, -EINVAL },
	{ 0, 0, NONE, -EINVAL },
};

static endpoint_t
ep_of(const struct end *w)
{
	return w->generation != 0 ? endpoint_make(w->generation, w->slot)
				  : w->special;
}

#define NR_ENDS (sizeof ends / sizeof ends[0])

/* With leave to mean it, nobody is physical memory. */
static int
expected(const struct end *w, uint32_t flags)
{
	return ep_of(w) == NONE && (flags & VIRCOPY_PHYS) != 0 ? OK : w->status;
}

static void
assert_place(struct place at, const struct end *w, vir_bytes addr)
{
	assert_ptr_equal(at.proc, ep_of(w) == NONE ? NULL : proc_slot(w->slot));
	assert_int_equal(at.addr, addr);
}

static void
copy_between(const struct end *src, const struct end *dst, uint32_t flags)
{
	int r = expected(src, flags), before = copies;

	if (r == OK)
		r = expected(dst, flags);
	assert_status(copy(ep_of(src), ep_of(dst), 0, flags), r);
	assert_int_equal(copies, before);
	assert_status(copy(ep_of(src), ep_of(dst), 7, flags), r);
	assert_int_equal(copies, before + (r == OK));
	if (r != OK)
		return;
	assert_place(from, src, 100);
	assert_place(to, dst, 200);
	assert_int_equal(how,
	    (flags & VIRCOPY_TRY ? COPY_TRY : 0) |
		(flags & VIRCOPY_FORCE ? COPY_FORCE : 0));
}

static void
test_each_end_is_whose_it_is_said_to_be(void **state)
{
	uint32_t flags;
	size_t s, d;

	(void)state;
	for (flags = 0; flags < 8; flags++)
		for (s = 0; s < NR_ENDS; s++)
			for (d = 0; d < NR_ENDS; d++)
				copy_between(&ends[s], &ends[d], flags);
}

static void
test_unknown_flags_are_refused(void **state)
{
	uint32_t bit;

	(void)state;
	for (bit = 8; bit != 0; bit <<= 1)
		assert_status(copy(SELF, SELF, 7, bit), -EINVAL);
	assert_int_equal(copies, 0);
}

static void
test_nobody_has_no_memory_to_fill(void **state)
{
	struct sys_memset_req req = { .addr = 200,
		.bytes = 7,
		.pattern = 0x5a };
	struct no_payload rep;
	size_t i;

	(void)state;
	for (i = 0; i < NR_ENDS; i++) {
		copies = 0;
		req.ep = ep_of(&ends[i]);
		assert_status(do_sys_memset(proc_slot(ALICE), &req, &rep),
		    ends[i].status);
		assert_int_equal(copies, ends[i].status == OK);
		if (ends[i].status == OK)
			assert_place(to, &ends[i], 200);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_each_end_is_whose_it_is_said_to_be,
		    setup),
		cmocka_unit_test_setup(test_unknown_flags_are_refused, setup),
		cmocka_unit_test_setup(test_nobody_has_no_memory_to_fill,
		    setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
