/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copy-on-write. The count of a frame says how many entries share it, so
 * nobody has to know who they are.
 *
 * The kernel may run between any two instructions of VM, and pin a page that
 * can be written. So the right to write is taken away first; if the page has
 * not become pinned until then, it will not before VM is asked.
 */
#include "servers/vm/cow.h"

#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"
#include "servers/vm/window.h"

#define LIKELY(x)   __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* Take the right to write away; false: the page has become pinned. */
static __attribute__((noinline)) bool
protect(uint32_t *pte)
{
	uint32_t stores = *pte & PTE_STORES;

	(void)__atomic_fetch_and(pte, ~PTE_STORES, __ATOMIC_RELAXED);
	if ((__atomic_load_n(pte, __ATOMIC_RELAXED) & PTE_PINNED) == 0)
		return true;
	(void)__atomic_fetch_or(pte, stores, __ATOMIC_RELAXED);
	return false;
}

/* Let two entries have the frame of the first, which is present; false: the
 * page has become pinned. */
static inline bool
share(uint32_t *from, uint32_t *to, uint32_t flags)
{
	uint32_t pte = *from;

	if (UNLIKELY((pte & PTE_STORES) != 0) && !protect(from))
		return false;
	*to = (pte & PTE_FRAME) | (flags & ~PTE_STORES);
	frame_share(pte & PTE_FRAME);
	return true;
}

int
cow_share_page(uint32_t *from, uint32_t *to, uint32_t flags, enum frame_use use)
{
	if ((*from & PTE_PINNED) == 0 && share(from, to, flags))
		return OK;
	return page_duplicate(*from, to, flags, use);
}

/* Let pages, none of them special, be copies of others, up to one that becomes
 * pinned just now; returns how many. What was there before is dropped. Where
 * both have the same frame there is a copy already; two holes are alike, too.
 * Nearly all pages come this way, so it is as short as can be. */
static uint32_t
pages_share(uint32_t *from, uint32_t *to, uint32_t n, uint32_t flags,
    uint32_t *holes)
{
	uint32_t *const end = from + n, old;

	for (; from != end; from++, to++) {
		old = *to;
		if (UNLIKELY(((*from ^ old) & PTE_FRAME) == 0)) {
			*holes += (old & PTE_P) == 0 ? 1 : 0;
			continue;
		}
		if (UNLIKELY((*from & PTE_P) == 0)) {
			*to = 0;
			++*holes;
		} else if (!share(from, to, flags)) {
			break;
		}
		if (LIKELY((old & PTE_P) != 0))
			frame_release(old & PTE_FRAME);
	}
	return n - (uint32_t)(end - from);
}

int
cow_own_page(struct vmproc *p, uint32_t *pte, uint32_t flag)
{
	uint32_t old = *pte, new;
	int r;

	if (frame_refs(old & PTE_FRAME) > 1) {
		r = page_duplicate(old, &new, old & ~(PTE_FRAME | PTE_PINNED),
		    vmproc_use(p));
		if (r != OK)
			return r;
		*pte = new;
		frame_release(old & PTE_FRAME);
		p->count.pages_copied++;
	}
	*pte |= flag;
	return OK;
}

/** A part of a copy: one table on each side, one region of the destination. */
struct piece {
	uint32_t *from, *to;
	uint32_t n;
	vir_bytes to_addr;
	uint32_t flags; /**< of the destination, when it is alone */
	uint32_t write; /**< what allows stores there */
	bool special;   /**< one of the pages may be */
};

static uint32_t no_pages[PT_ENTRIES]; /* where the source has no table */

/* Look for special pages: few are, and looking is quick. */
static bool
find_special(const struct piece *piece)
{
	const uint32_t *from = piece->from, *to = piece->to;
	uint32_t i, n = piece->n, bits = 0;

#pragma GCC unroll 4
	for (i = 0; i < n; i++)
		bits |= from[i] | to[i];
	return (bits & PTE_SPECIAL) != 0;
}

/* Cut the next piece off what is left of a copy. There is a table for the
 * destination then. */
static int
piece_next(struct cow_copy *left, struct piece *piece)
{
	vir_bytes end = left->to_addr + left->length;
	const struct region *r = region_find(left->to, left->to_addr);
	uint32_t n;

	if (r == NULL || !page_may(left->to, r, ACCESS_WRITE))
		return -EFAULT;
	if (r->end < end)
		end = r->end;
	piece->to_addr = left->to_addr;
	piece->flags = page_flags(left->to, r);
	piece->write = page_write_flag(r);
	piece->to =
	    pt_entries(left->to->page_dir, left->to_addr, end, &piece->n);
	if (piece->to == NULL)
		piece->to = pt_entry_make(left->to->page_dir, left->to_addr,
		    vmproc_use(left->to));
	if (piece->to == NULL)
		return -ENOMEM;
	piece->from = pt_entries(left->from->page_dir, left->from_addr,
	    left->from_addr + left->length, &n);
	if (piece->from == NULL)
		piece->from = no_pages;
	if (n < piece->n)
		piece->n = n;
	left->to_addr += piece->n << PAGE_SHIFT;
	left->from_addr += piece->n << PAGE_SHIFT;
	left->length -= piece->n << PAGE_SHIFT;
	piece->special = find_special(piece);
	return OK;
}

/* Forget that a page was really shared when it is not any more. */
static void
stale_drop(uint32_t *pte)
{
	if ((*pte & PTE_SHARED) != 0 && frame_refs(*pte & PTE_FRAME) == 1)
		*pte &= ~PTE_SHARED;
}

/* Whether bytes can be copied, if they must. Counts the frames it takes. */
static int
page_check(const struct piece *piece, uint32_t *from, uint32_t *to,
    uint32_t *frames)
{
	stale_drop(from);
	stale_drop(to);
	if (((*from | *to) & PTE_SPECIAL) == 0)
		return OK;
	if (!frame_is_memory(*from) || !frame_is_memory(*to))
		return -EFAULT;
	if ((*to & piece->write) != 0)
		return OK;
	if ((*to & PTE_SHARED) != 0)
		return -EFAULT;
	if ((*to & PTE_P) == 0 || frame_refs(*to & PTE_FRAME) > 1)
		++*frames;
	return OK;
}

/* Copy the bytes of a page. */
static int
page_copy(struct vmproc *to, vir_bytes addr, uint32_t from)
{
	phys_bytes frame;
	int r;

	r = page_provide(to, addr, ACCESS_WRITE);
	if (r != OK)
		return r;
	frame = *pt_entry(to->page_dir, addr) & PTE_FRAME;
	if ((from & PTE_P) != 0)
		window_copy(frame, from & PTE_FRAME);
	else
		window_zero(frame);
	return OK;
}

/* Copy the pages of a piece, one way or the other. */
static int
piece_make(struct vmproc *p, const struct piece *piece)
{
	uint32_t i = 0, n, others = 0, *from = piece->from, *to = piece->to;
	int r = OK;

	while (r == OK && i < piece->n) {
		n = piece->n - i;
		if (piece->special)
			n = ((from[i] | to[i]) & PTE_SPECIAL) == 0 ? 1 : 0;
		n = pages_share(&from[i], &to[i], n, piece->flags, &others);
		i += n;
		if (n > 0)
			continue;
		r = page_copy(p, piece->to_addr + (i << PAGE_SHIFT), from[i]);
		i++;
		others++;
	}
	p->count.cow_shares += i - others;
	return r;
}

/* Look at all pages; nothing is changed. Leaves the last piece. */
static int
copy_check(struct cow_copy left, struct piece *piece)
{
	uint32_t i, frames = 0;
	int r;

	do {
		r = piece_next(&left, piece);
		for (i = 0; r == OK && piece->special && i < piece->n; i++)
			r = page_check(piece, &piece->from[i], &piece->to[i],
			    &frames);
	} while (r == OK && left.length > 0);
	if (r != OK || frames == 0)
		return r;
	if ((left.to->flags & VMF_EXITING) != 0 ||
	    !frames_available(frames, vmproc_use(left.to)))
		return -ENOMEM;
	return OK;
}

/* Do it. Most copies are one piece, which is at hand. */
static int
copy_make(struct cow_copy left, struct piece *piece)
{
	int r = OK;

	if (piece->to_addr == left.to_addr)
		return piece_make(left.to, piece);
	while (r == OK && left.length > 0) {
		r = piece_next(&left, piece);
		if (r == OK)
			r = piece_make(left.to, piece);
	}
	return r;
}

static bool
overlapping(const struct cow_copy *copy)
{
	return copy->from == copy->to &&
	    copy->from_addr < copy->to_addr + copy->length &&
	    copy->to_addr < copy->from_addr + copy->length;
}

int
cow_map(const struct cow_copy *copy)
{
	struct piece piece;
	int r;

	r = page_range(copy->from_addr, copy->length);
	if (r == OK)
		r = page_range(copy->to_addr, copy->length);
	if (r == OK && overlapping(copy))
		r = -EINVAL;
	if (r == OK)
		r = page_permitted(copy->from, copy->from_addr,
		    copy->from_addr + copy->length, ACCESS_READ);
	if (r == OK)
		r = copy_check(*copy, &piece);
	if (r == OK)
		r = copy_make(*copy, &piece);
	return r;
}
