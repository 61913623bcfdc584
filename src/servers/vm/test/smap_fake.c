/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The three of tests of windows: see servers/vm/test/smap_fake.h. */
#include "servers/vm/test/smap_fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "test/unit/status.h"

#define MEMORY (640u << 10) /* so little, as each case begins by filling it */
#define TAKEN  (MEMORY / PAGE_SIZE) /* frames, and some that are VM's */

struct vmproc *owner, *grantee, *third;

static phys_bytes taken[TAKEN];
static uint32_t ntaken;

static void
region(struct vmproc *p, vir_bytes start, vir_bytes end, uint32_t prot)
{
	assert_status(region_add(p, start, end, REGION_ANON, prot), OK);
}

static struct vmproc *
process(int slot)
{
	struct vmproc *p = fake_process_in(slot);

	region(p, TEXT, TEXT + PAGES(2), RX);
	region(p, MEM, MEM + PAGES(N), RW);
	region(p, WIN, WIN + PAGES(N), RW);
	region(p, EDGE, EDGE + PAGES(N), RW);
	assert_status(region_add(p, STACK, USER_STACK_TOP, REGION_STACK, RW),
	    OK);
	return p;
}

int
smap_setup(void **state)
{
	uint32_t i;

	(void)state;
	fake_machine_with(MEMORY);
	ntaken = 0;
	owner = process(USER_SLOT);
	grantee = process(USER_SLOT + 1);
	third = process(USER_SLOT + 2);
	for (i = 0; i < N; i++) {
		fake_write(owner, MEM + PAGES(i), (uint8_t)(10 + i));
		fake_write(owner, EDGE + PAGES(i), (uint8_t)(20 + i));
	}
	return 0;
}

int
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

int
map(int write)
{
	return map_of(grantee, WIN, owner, MEM, PAGES(N), write);
}

int
unmap_of(struct vmproc *p, vir_bytes addr, vir_bytes length)
{
	return fake_request((struct sys_memreq_rep){ .kind = MEMREQ_SUNMAP,
	    .target = p->ep,
	    .start = addr,
	    .length = length });
}

int
unmap(void)
{
	return unmap_of(grantee, WIN, PAGES(N));
}

uint32_t
refs(const struct vmproc *p, vir_bytes addr)
{
	return frame_refs(fake_entry(p, addr) & PTE_FRAME);
}

bool
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

bool
same_frame(const struct vmproc *p, vir_bytes addr, const struct vmproc *q,
    vir_bytes other)
{
	uint32_t a = fake_entry(p, addr), b = fake_entry(q, other);

	return (a & b & PTE_P) != 0 && (a & PTE_FRAME) == (b & PTE_FRAME);
}

void
leave_frames(uint32_t n)
{
	while (frames_available(n + 1, FRAME_USER)) {
		assert_true(ntaken < TAKEN);
		taken[ntaken++] = frame_alloc(FRAME_USER);
	}
}

void
return_frames(void)
{
	while (ntaken > 0)
		frame_release(taken[--ntaken]);
}
