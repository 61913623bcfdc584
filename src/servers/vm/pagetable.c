/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Page directories and tables. Fork and exit spend their time in the loops
 * below, over the entries of one table at a time.
 * @source Intel 80386 manual, chapter 5: two levels of 1024 entries
 */
#include "servers/vm/pagetable.h"

#include <abi/errno.h>
#include <lacuna/syslib.h>

#include "servers/vm/window.h"

#define TABLE_SPAN  (PT_ENTRIES * PAGE_SIZE) /* what one table maps */
#define USER_TABLES (KERNEL_BASE / TABLE_SPAN)
#define PDE_FLAGS   (PTE_P | PTE_W | PTE_U)

#define DIR_INDEX(addr)   ((addr) / TABLE_SPAN)
#define TABLE_INDEX(addr) (((addr) >> PAGE_SHIFT) % PT_ENTRIES)

static phys_bytes pattern; /* what a new page directory looks like */

/** A part of a range that one table maps. */
struct span {
	uint32_t *table; /**< NULL: there is none */
	uint32_t first, end;
};

int
pt_init(void)
{
	pattern = frame_alloc(FRAME_SERVICE);
	if (pattern == NO_FRAME)
		return -ENOMEM;
	window_zero(pattern);
	return sys_vmctl_kernel_pdes(pattern);
}

phys_bytes
pt_empty(void)
{
	return pattern;
}

phys_bytes
pt_create(enum frame_use use)
{
	phys_bytes dir = frame_alloc(use);

	if (dir != NO_FRAME)
		window_copy(dir, pattern);
	return dir;
}

/* The table that maps an address; NULL if there is none. */
static uint32_t *
table_of(phys_bytes dir, vir_bytes addr)
{
	const uint32_t *pd = window_at(dir);
	uint32_t pde = pd[DIR_INDEX(addr)];

	if ((pde & PTE_P) == 0 || (pde & PDE_BIG) != 0)
		return NULL;
	return window_at(pde & PTE_FRAME);
}

/* The same, but make one. */
static uint32_t *
table_make(phys_bytes dir, vir_bytes addr, enum frame_use use)
{
	uint32_t *table = table_of(dir, addr);
	uint32_t *pd = window_at(dir);
	phys_bytes frame;

	if (table != NULL)
		return table;
	frame = frame_alloc(use);
	if (frame == NO_FRAME)
		return NULL;
	window_zero(frame);
	pd[DIR_INDEX(addr)] = frame | PDE_FLAGS;
	return window_at(frame);
}

/* Pages of a range that the table of its first page maps. */
static uint32_t
pages_in_table(vir_bytes start, vir_bytes end)
{
	uint32_t pages = (end - start) >> PAGE_SHIFT;
	uint32_t left = PT_ENTRIES - TABLE_INDEX(start);

	return pages < left ? pages : left;
}

/* Cut the part off a range that one table maps; false at the end. */
static bool
span_next(phys_bytes dir, vir_bytes *start, vir_bytes end, struct span *s)
{
	vir_bytes here = *start;
	uint32_t pages;

	if (here >= end)
		return false;
	pages = pages_in_table(here, end);
	s->table = table_of(dir, here);
	s->first = TABLE_INDEX(here);
	s->end = s->first + pages;
	*start = here + (pages << PAGE_SHIFT);
	return true;
}

void
pt_destroy(phys_bytes dir)
{
	const uint32_t *pd = window_at(dir);
	uint32_t i;

	for (i = 0; i < USER_TABLES; i++) {
		if ((pd[i] & PTE_P) != 0)
			frame_release(pd[i] & PTE_FRAME);
	}
	frame_release(dir);
}

uint32_t *
pt_entry(phys_bytes dir, vir_bytes addr)
{
	uint32_t *table = table_of(dir, addr);

	return table == NULL ? NULL : &table[TABLE_INDEX(addr)];
}

uint32_t *
pt_entry_make(phys_bytes dir, vir_bytes addr, enum frame_use use)
{
	uint32_t *table = table_make(dir, addr, use);

	return table == NULL ? NULL : &table[TABLE_INDEX(addr)];
}

uint32_t *
pt_entries(phys_bytes dir, vir_bytes addr, vir_bytes end, uint32_t *n)
{
	*n = pages_in_table(addr, end);
	return pt_entry(dir, addr);
}

int
pt_make_tables(phys_bytes dir, vir_bytes start, vir_bytes end,
    enum frame_use use)
{
	vir_bytes here = start;
	struct span s;

	while (span_next(dir, &start, end, &s)) {
		if (s.table == NULL && table_make(dir, here, use) == NULL)
			return -ENOMEM;
		here = start;
	}
	return OK;
}

void
pt_unmap(phys_bytes dir, vir_bytes start, vir_bytes end, bool release)
{
	struct span s;
	uint32_t i;

	while (span_next(dir, &start, end, &s)) {
		for (i = s.first; s.table != NULL && i < s.end; i++) {
			if ((s.table[i] & PTE_P) == 0)
				continue;
			if (release)
				frame_release(s.table[i] & PTE_FRAME);
			s.table[i] = 0;
		}
	}
}

void
pt_change(phys_bytes dir, vir_bytes start, vir_bytes end, uint32_t clear,
    uint32_t set)
{
	struct span s;
	uint32_t i;

	while (span_next(dir, &start, end, &s)) {
		for (i = s.first; s.table != NULL && i < s.end; i++) {
			if ((s.table[i] & PTE_P) == 0)
				continue;
			pte_clear(&s.table[i], clear);
			pte_set(&s.table[i], set);
		}
	}
}

void
pt_count(phys_bytes dir, vir_bytes start, vir_bytes end,
    struct pt_figures *figures)
{
	struct span s;
	uint32_t i;

	while (span_next(dir, &start, end, &s)) {
		for (i = s.first; s.table != NULL && i < s.end; i++) {
			if ((s.table[i] & PTE_P) == 0)
				continue;
			figures->pages++;
			if (frame_refs(s.table[i] & PTE_FRAME) == 1)
				continue;
			figures->shared++;
			if ((s.table[i] & PTE_SHARED) != 0)
				figures->really++;
		}
	}
}
