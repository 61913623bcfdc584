/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copy-on-write. The count of a frame says how many entries share it, so
 * nobody has to know whose they are.
 *
 * The kernel may run between any two instructions of VM, and pin a page that
 * can be written. So the right to write is taken away first; if the page has
 * not become pinned until then, it will not before VM is asked.
 *
 * A copy goes twice over its pages. The first time it looks whether all can be
 * done, and changes nothing; the second time it does it, and does not fail.
 */
#include "servers/vm/cow.h"

#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"
#include "servers/vm/window.h"

/** A page of a copy. */
struct pair {
	uint32_t *from, *to;        /**< entries of its two sides */
	const struct region *where; /**< of the destination */
	vir_bytes to_addr;
};

int
cow_share_page(uint32_t *from, uint32_t *to, uint32_t flags, enum frame_use use)
{
	uint32_t stores = *from & PTE_STORES;

	pte_clear(from, PTE_STORES);
	if ((pte_now(from) & PTE_PINNED) != 0) {
		pte_set(from, stores);
		return page_duplicate(*from, to, flags, use);
	}
	frame_share(*from & PTE_FRAME);
	*to = (*from & PTE_FRAME) | (flags & ~PTE_STORES);
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
	pte_set(pte, flag);
	return OK;
}

/* The page at an offset of a copy. Where the source has no table, an empty
 * entry stands for it; the destination's tables are there. */
static struct pair
pair_at(const struct cow_copy *copy, vir_bytes offset)
{
	static uint32_t none; /* for reading only: stays 0 */
	vir_bytes addr = copy->to_addr + offset;
	struct pair pair = {
		.from =
		    pt_entry(copy->from->page_dir, copy->from_addr + offset),
		.to = pt_entry(copy->to->page_dir, addr),
		.where = region_find(copy->to, addr),
		.to_addr = addr,
	};

	if (pair.from == NULL)
		pair.from = &none;
	return pair;
}

/* Whether the frame of a page cannot be shared copy-on-write: a device knows
 * it, or others are meant to see what is stored there. */
static bool
special(uint32_t pte)
{
	if ((pte & PTE_PINNED) != 0)
		return true;
	return (pte & PTE_SHARED) != 0 && frame_refs(pte & PTE_FRAME) > 1;
}

/* Whether the bytes of a page must be copied. */
static bool
must_copy(const struct pair *pair)
{
	return special(*pair->from) || special(*pair->to);
}

/* Look whether a page can be copied; count the frame that will take. */
static int
page_look(const struct pair *pair, uint32_t *frames)
{
	uint32_t to = *pair->to;

	if (!must_copy(pair))
		return OK;
	if (!frame_is_memory(*pair->from) || !frame_is_memory(to))
		return -EFAULT;
	if ((to & page_write_flag(pair->where)) != 0)
		return OK;
	if (special(to) && (to & PTE_SHARED) != 0)
		return -EFAULT;
	if ((to & PTE_P) == 0 || frame_refs(to & PTE_FRAME) > 1)
		++*frames;
	return OK;
}

/* Copy the bytes of a page into a frame that is the destination's own. */
static int
bytes_put(struct vmproc *to, const struct pair *pair)
{
	int r = page_provide(to, pair->to_addr, ACCESS_WRITE);

	if (r != OK)
		return r;
	if ((*pair->from & PTE_P) == 0)
		window_zero(*pair->to & PTE_FRAME);
	else
		window_copy(*pair->to & PTE_FRAME, *pair->from & PTE_FRAME);
	return OK;
}

/* Let the destination have the source's frame, or no page where the source has
 * none; then give back what was there. */
static int
frame_put(struct vmproc *to, const struct pair *pair)
{
	uint32_t old = *pair->to, new = 0;
	int r;

	if ((*pair->from & PTE_P) != 0) {
		pte_clear(pair->from, PTE_SHARED); /* it is not, any more */
		r = cow_share_page(pair->from, &new,
		    page_flags(to, pair->where), vmproc_use(to));
		if (r != OK)
			return r;
		to->count.cow_shares++;
	}
	*pair->to = new;
	if ((old & PTE_P) != 0)
		frame_release(old & PTE_FRAME);
	return OK;
}

/* Copy a page, one way or the other. */
static int
page_put(struct vmproc *to, const struct pair *pair)
{
	if (must_copy(pair))
		return bytes_put(to, pair);
	if (((*pair->from ^ *pair->to) & PTE_FRAME) == 0)
		return OK; /* a copy already, or nothing on either side */
	return frame_put(to, pair);
}

static bool
overlapping(const struct cow_copy *copy)
{
	return copy->from == copy->to &&
	    copy->from_addr < copy->to_addr + copy->length &&
	    copy->to_addr < copy->from_addr + copy->length;
}

/* Whether both ranges are memory that may be used so. */
static int
ranges_look(const struct cow_copy *copy)
{
	int r = page_range(copy->from_addr, copy->length);

	if (r == OK)
		r = page_range(copy->to_addr, copy->length);
	if (r == OK && overlapping(copy))
		r = -EINVAL;
	if (r == OK)
		r = page_permitted(copy->from, copy->from_addr,
		    copy->from_addr + copy->length, ACCESS_READ);
	if (r == OK)
		r = page_permitted(copy->to, copy->to_addr,
		    copy->to_addr + copy->length, ACCESS_WRITE);
	return r;
}

/* Whether a process can have so many frames. */
static int
frames_look(const struct vmproc *p, uint32_t frames)
{
	if (frames == 0)
		return OK;
	if ((p->flags & VMF_EXITING) != 0 ||
	    !frames_available(frames, vmproc_use(p)))
		return -ENOMEM;
	return OK;
}

int
cow_map(const struct cow_copy *copy)
{
	struct vmproc *to = copy->to;
	uint32_t frames = 0;
	struct pair pair;
	vir_bytes at;
	int r = ranges_look(copy);

	if (r == OK)
		r = pt_make_tables(to->page_dir, copy->to_addr,
		    copy->to_addr + copy->length, vmproc_use(to));
	for (at = 0; r == OK && at < copy->length; at += PAGE_SIZE) {
		pair = pair_at(copy, at);
		r = page_look(&pair, &frames);
	}
	if (r == OK)
		r = frames_look(to, frames);
	for (at = 0; r == OK && at < copy->length; at += PAGE_SIZE) {
		pair = pair_at(copy, at);
		r = page_put(to, &pair);
	}
	return r;
}
