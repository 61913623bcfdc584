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

/* cow_share_page() for the loops: nearly all pages come this way, so it is
 * inlined, and as short as can be. */
static inline int
share(uint32_t *from, uint32_t *to, uint32_t flags, enum frame_use use)
{
	uint32_t pte = *from, stores = pte & PTE_STORES;

	if (stores != 0 && (pte & PTE_PINNED) == 0) {
		(void)__atomic_fetch_and(from, ~PTE_STORES, __ATOMIC_RELAXED);
		pte = __atomic_load_n(from, __ATOMIC_RELAXED);
	}
	if ((pte & PTE_PINNED) != 0) {
		(void)__atomic_fetch_or(from, stores, __ATOMIC_RELAXED);
		return page_duplicate(pte, to, flags, use);
	}
	*to = (pte & PTE_FRAME) | (flags & ~PTE_W);
	frame_share(pte & PTE_FRAME);
	return OK;
}

int
cow_share_page(uint32_t *from, uint32_t *to, uint32_t flags, enum frame_use use)
{
	return share(from, to, flags, use);
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
};

static uint32_t no_pages[PT_ENTRIES]; /* where the source has no table */

/* Cut the next piece off what is left of a copy; false at the end. */
static bool
piece_next(struct cow_copy *left, struct piece *piece)
{
	vir_bytes end = left->to_addr + left->length;
	const struct region *r;
	uint32_t n;

	if (left->length == 0)
		return false;
	r = region_find(left->to, left->to_addr);
	if (r->end < end)
		end = r->end;
	piece->to_addr = left->to_addr;
	piece->flags = page_flags(left->to, r);
	piece->write = page_write_flag(r);
	piece->to =
	    pt_entries(left->to->page_dir, left->to_addr, end, &piece->n);
	piece->from = pt_entries(left->from->page_dir, left->from_addr,
	    left->from_addr + left->length, &n);
	if (piece->from == NULL)
		piece->from = no_pages;
	if (n < piece->n)
		piece->n = n;
	left->to_addr += piece->n << PAGE_SHIFT;
	left->from_addr += piece->n << PAGE_SHIFT;
	left->length -= piece->n << PAGE_SHIFT;
	return true;
}

/* Whether one of the pages may be special: few are, and looking is quick. */
static bool
piece_special(const struct piece *piece)
{
	const uint32_t *from = piece->from, *to = piece->to;
	uint32_t i, n = piece->n, bits = 0;

#pragma GCC unroll 4
	for (i = 0; i < n; i++)
		bits |= from[i] | to[i];
	return (bits & PTE_SPECIAL) != 0;
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

/* Let a page of the destination be one of the source. Where both have the
 * same frame, that has been done before. */
static inline int
page_share(uint32_t *from, uint32_t *to, uint32_t flags, enum frame_use use)
{
	uint32_t old = *to;

	if ((old & PTE_P) != 0) {
		if (((old ^ *from) & PTE_FRAME) == 0)
			return OK;
		*to = 0;
		frame_release(old & PTE_FRAME);
	}
	return (*from & PTE_P) != 0 ? share(from, to, flags, use) : OK;
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
	const uint32_t flags = piece->flags, n = piece->n;
	uint32_t *from = piece->from, *to = piece->to, i, shared = 0;
	enum frame_use use = vmproc_use(p);
	int r = OK;

	for (i = 0; r == OK && i < n; i++) {
		if (((from[i] | to[i]) & PTE_SPECIAL) == 0) {
			r = page_share(&from[i], &to[i], flags, use);
			shared += to[i] & PTE_P; /* which is 1 */
		} else {
			r = page_copy(p, piece->to_addr + (i << PAGE_SHIFT),
			    from[i]);
		}
	}
	p->count.cow_shares += shared;
	return r;
}

/* Look at all pages; nothing is changed. Leaves the last piece. */
static int
copy_check(struct cow_copy left, struct piece *piece)
{
	uint32_t i, frames = 0;
	int r = OK;

	while (r == OK && piece_next(&left, piece)) {
		if (!piece_special(piece))
			continue;
		for (i = 0; r == OK && i < piece->n; i++)
			r = page_check(piece, &piece->from[i], &piece->to[i],
			    &frames);
	}
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
	while (r == OK && piece_next(&left, piece))
		r = piece_make(left.to, piece);
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
	vir_bytes from_end = copy->from_addr + copy->length;
	vir_bytes to_end = copy->to_addr + copy->length;
	struct piece piece;
	int r;

	r = page_range(copy->from_addr, copy->length);
	if (r == OK)
		r = page_range(copy->to_addr, copy->length);
	if (r == OK && overlapping(copy))
		r = -EINVAL;
	if (r == OK)
		r = page_permitted(copy->from, copy->from_addr, from_end,
		    ACCESS_READ);
	if (r == OK)
		r = page_permitted(copy->to, copy->to_addr, to_end,
		    ACCESS_WRITE);
	if (r == OK)
		r = pt_make_tables(copy->to->page_dir, copy->to_addr, to_end,
		    vmproc_use(copy->to));
	if (r == OK)
		r = copy_check(*copy, &piece);
	if (r == OK)
		r = copy_make(*copy, &piece);
	return r;
}
