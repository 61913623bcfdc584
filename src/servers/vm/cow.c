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

int
cow_share_page(uint32_t *from, uint32_t *to, uint32_t flags, enum frame_use use)
{
	uint32_t pte = *from, stores = pte & PTE_STORES;

	if ((pte & PTE_PINNED) == 0) {
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

/** The next part of a copy: one table on each side, one region of the
 * destination. */
struct piece {
	uint32_t *from; /**< NULL: nothing but holes */
	uint32_t *to;
	uint32_t n;
	vir_bytes to_addr;
	uint32_t flags; /**< of the destination, when it is alone */
	uint32_t write; /**< what allows stores there */
};

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
	if (n < piece->n)
		piece->n = n;
	left->to_addr += piece->n << PAGE_SHIFT;
	left->from_addr += piece->n << PAGE_SHIFT;
	left->length -= piece->n << PAGE_SHIFT;
	return true;
}

static uint32_t *
piece_from(const struct piece *piece, uint32_t i)
{
	static uint32_t hole;

	return piece->from != NULL ? &piece->from[i] : &hole;
}

/* Whether one of the pages may be special: few are, and looking is quick. */
static bool
piece_special(const struct piece *piece)
{
	uint32_t i, bits = 0;

	for (i = 0; i < piece->n; i++)
		bits |= piece->to[i];
	for (i = 0; piece->from != NULL && i < piece->n; i++)
		bits |= piece->from[i];
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

/* Let a page of the destination be one of the source. */
static int
page_share(struct vmproc *to, const struct piece *piece, uint32_t i)
{
	uint32_t *old = &piece->to[i], *from = piece_from(piece, i);

	if ((*old & PTE_P) != 0) {
		if (((*old ^ *from) & PTE_FRAME) == 0)
			return OK; /* it is already */
		frame_release(*old & PTE_FRAME);
		*old = 0;
	}
	if ((*from & PTE_P) == 0)
		return OK;
	to->count.cow_shares++;
	return cow_share_page(from, old, piece->flags, vmproc_use(to));
}

/* Copy the bytes of a page. */
static int
page_copy(struct vmproc *to, const struct piece *piece, uint32_t i)
{
	uint32_t from = *piece_from(piece, i);
	int r;

	r = page_provide(to, piece->to_addr + (i << PAGE_SHIFT), ACCESS_WRITE);
	if (r != OK)
		return r;
	if ((from & PTE_P) != 0)
		window_copy(piece->to[i] & PTE_FRAME, from & PTE_FRAME);
	else
		window_zero(piece->to[i] & PTE_FRAME);
	return OK;
}

/* Look at all pages; nothing is changed. */
static int
copy_check(struct cow_copy left)
{
	struct piece piece;
	uint32_t i, frames = 0;
	int r = OK;

	while (r == OK && piece_next(&left, &piece)) {
		if (!piece_special(&piece))
			continue;
		for (i = 0; r == OK && i < piece.n; i++)
			r = page_check(&piece, piece_from(&piece, i),
			    &piece.to[i], &frames);
	}
	if (r != OK || frames == 0)
		return r;
	if ((left.to->flags & VMF_EXITING) != 0 ||
	    !frames_available(frames, vmproc_use(left.to)))
		return -ENOMEM;
	return OK;
}

/* Do it. */
static int
copy_make(struct cow_copy left)
{
	struct piece piece;
	uint32_t i;
	int r = OK;

	while (r == OK && piece_next(&left, &piece)) {
		for (i = 0; r == OK && i < piece.n; i++) {
			if (((*piece_from(&piece, i) | piece.to[i]) &
				PTE_SPECIAL) != 0)
				r = page_copy(left.to, &piece, i);
			else
				r = page_share(left.to, &piece, i);
		}
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
	vir_bytes from_end = copy->from_addr + copy->length;
	vir_bytes to_end = copy->to_addr + copy->length;
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
		r = copy_check(*copy);
	if (r == OK)
		r = copy_make(*copy);
	return r;
}
