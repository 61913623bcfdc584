/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The short way for copies of ordinary pages. Its inner loop is written for
 * speed: how likely the branches are is said, and seldom work is elsewhere.
 */
#include "servers/vm/cowrun.h"

#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"

#define LIKELY(x)   __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/** A copy whose pages lie in one table on either side. */
struct run {
	uint32_t *from, *to;
	uint32_t n;
	uint32_t flags; /**< of the destination's pages, when they are alone */
};

/* Whether all pages are ordinary: few are not, and looking is quick. */
static bool
all_ordinary(const struct run *run)
{
	const uint32_t *from = run->from, *to = run->to;
	uint32_t i, n = run->n, bits = 0;

#pragma GCC unroll 4
	for (i = 0; i < n; i++)
		bits |= from[i] | to[i];
	return (bits & PTE_SPECIAL) == 0;
}

/* Whether the ranges are whole pages and lie apart. */
static bool
ranges_fit(const struct cow_copy *copy)
{
	if (page_range(copy->from_addr, copy->length) != OK ||
	    page_range(copy->to_addr, copy->length) != OK)
		return false;
	return copy->from != copy->to ||
	    copy->from_addr >= copy->to_addr + copy->length ||
	    copy->to_addr >= copy->from_addr + copy->length;
}

/* Find the pages of a copy; false: it has to go the long way. */
static bool
run_find(const struct cow_copy *copy, struct run *run)
{
	vir_bytes from_end = copy->from_addr + copy->length;
	vir_bytes to_end = copy->to_addr + copy->length;
	const struct region *r;
	uint32_t n;

	if (!ranges_fit(copy))
		return false;
	r = region_find(copy->to, copy->to_addr);
	if (r == NULL || r->end < to_end ||
	    !page_may(copy->to, r, ACCESS_WRITE) ||
	    page_permitted(copy->from, copy->from_addr, from_end,
		ACCESS_READ) != OK)
		return false;
	run->flags = page_flags(copy->to, r) & ~PTE_STORES;
	run->to =
	    pt_entries(copy->to->page_dir, copy->to_addr, to_end, &run->n);
	run->from =
	    pt_entries(copy->from->page_dir, copy->from_addr, from_end, &n);
	return run->to != NULL && run->from != NULL && n == run->n &&
	    n == copy->length >> PAGE_SHIFT && all_ordinary(run);
}

/* Take the right to write away; false: the page has become pinned. */
static __attribute__((noinline)) bool
protect(uint32_t *pte)
{
	uint32_t stores = *pte & PTE_STORES;

	pte_clear(pte, PTE_STORES);
	if ((pte_now(pte) & PTE_PINNED) == 0)
		return true;
	pte_set(pte, stores);
	return false;
}

/* Let pages be copies of others, up to one that becomes pinned just now. What
 * was there before is dropped. Where both have the same frame there is a copy
 * already; two holes are alike, too. */
static uint32_t
pages_share(const struct run *run, uint32_t *others)
{
	uint32_t *from = run->from, *to = run->to;
	uint32_t *const end = from + run->n, old, pte;

	for (; from != end; from++, to++) {
		old = *to;
		pte = *from;
		if (UNLIKELY(((pte ^ old) & PTE_FRAME) == 0)) {
			++*others;
			continue;
		}
		if (UNLIKELY((pte & PTE_P) == 0)) {
			*to = 0;
			++*others;
		} else {
			if (UNLIKELY((pte & PTE_STORES) != 0) && !protect(from))
				break;
			*to = (pte & PTE_FRAME) | run->flags;
			frame_share(pte & PTE_FRAME);
		}
		if (LIKELY((old & PTE_P) != 0))
			frame_release(old & PTE_FRAME);
	}
	return run->n - (uint32_t)(end - from);
}

int
cow_run(const struct cow_copy *copy)
{
	struct cow_copy rest = *copy;
	uint32_t done, others = 0;
	struct run run;

	if (!run_find(copy, &run))
		return cow_map(copy);
	done = pages_share(&run, &others);
	copy->to->count.cow_shares += done - others;
	if (done == run.n)
		return OK;
	rest.from_addr += done << PAGE_SHIFT;
	rest.to_addr += done << PAGE_SHIFT;
	rest.length -= done << PAGE_SHIFT;
	return cow_map(&rest);
}
