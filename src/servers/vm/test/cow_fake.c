/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The three processes of tests of copy-on-write.
 */
#include "servers/vm/test/cow_fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/smap.h"
#include "test/unit/status.h"

#define TABLES (KERNEL_BASE / (PT_ENTRIES * PAGE_SIZE))
#define MEMORY (640u << 10) /* so little, as each case begins by filling it */

struct vmproc *from, *to, *third;

static struct vmproc *
process(int slot)
{
	struct vmproc *p = fake_process_in(slot);

	assert_status(region_add(p, TEXT, TEXT + PAGES(2), REGION_ANON, RX),
	    OK);
	assert_status(region_add(p, SRC, SRC + PAGES(N), REGION_ANON, RW), OK);
	assert_status(region_add(p, DST, DST + PAGES(N), REGION_ANON, RW), OK);
	return p;
}

void
cow_setup_with(size_t memory)
{
	uint32_t i;

	fake_machine_with(memory);
	/* What nobody should take for a page of zeros. */
	memset(window_at(0), 0xA5, PAGE_SIZE);
	from = process(USER_SLOT);
	to = process(USER_SLOT + 1);
	third = process(USER_SLOT + 2);
	for (i = 0; i < N; i++)
		fake_write(from, SRC + PAGES(i), (uint8_t)(10 + i));
}

int
cow_setup(void **state)
{
	(void)state;
	cow_setup_with(MEMORY);
	return 0;
}

int
copy_between(struct vmproc *src, vir_bytes src_addr, struct vmproc *dst,
    vir_bytes dst_addr, vir_bytes length)
{
	const struct cow_copy c = { src, dst, src_addr, dst_addr, length };

	return cow_map(&c);
}

int
copy(uint32_t pages)
{
	return copy_between(from, SRC, to, DST, PAGES(pages));
}

uint32_t
refs(const struct vmproc *p, vir_bytes addr)
{
	return frame_refs(fake_entry(p, addr) & PTE_FRAME);
}

int
window(struct vmproc *grantee, vir_bytes addr, struct vmproc *owner,
    vir_bytes owner_addr, bool writable)
{
	struct smap_window w = { grantee, owner, addr, owner_addr, PAGE_SIZE,
		writable };

	return smap_map(&w);
}

void
pin(const struct vmproc *p, vir_bytes addr)
{
	uint32_t *pte = pt_entry(p->page_dir, addr);

	assert_non_null(pte);
	pte_set(pte, PTE_PINNED);
}

void
leave_frames(uint32_t n)
{
	while (frames_available(n + 1, FRAME_USER))
		(void)frame_alloc(FRAME_USER);
}

/* Count the entries of a process that name each frame. */
static void
count_entries(const struct vmproc *p, uint16_t *seen)
{
	const uint32_t *dir = window_at(p->page_dir), *table;
	uint32_t i, k;

	for (i = 0; i < TABLES; i++) {
		if ((dir[i] & PTE_P) == 0)
			continue;
		table = window_at(dir[i] & PTE_FRAME);
		for (k = 0; k < PT_ENTRIES; k++) {
			if ((table[k] & PTE_P) == 0)
				continue;
			seen[table[k] >> PAGE_SHIFT]++;
			if ((table[k] & PTE_STORES) != 0 &&
			    (table[k] & PTE_SHARED) == 0)
				assert_int_equal(
				    frame_refs(table[k] & PTE_FRAME), 1);
		}
	}
}

void
check_counts(void)
{
	static uint16_t seen[FAKE_MEMORY >> PAGE_SHIFT];
	uint32_t i;
	int slot;

	memset(seen, 0, sizeof seen);
	for (slot = 0; slot < NR_PROCS; slot++)
		if (vmproc_table[slot].ep != NONE)
			count_entries(&vmproc_table[slot], seen);
	for (i = 0; i < sizeof seen / sizeof seen[0]; i++)
		if (seen[i] > 0)
			assert_int_equal(frame_refs(i << PAGE_SHIFT), seen[i]);
}
