/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Windows. What is really shared is told by a bit in each entry and by the
 * count of the frame; who may write, by the entry's own PTE_W. There is no
 * list of windows here: the kernel knows who may end which.
 */
#include "servers/vm/smap.h"

#include "servers/vm/cow.h"
#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"

/* Whether stores to a page are seen in other places. */
static bool
is_shared(uint32_t pte)
{
	return (pte & PTE_SHARED) != 0 && frame_refs(pte & PTE_FRAME) > 1;
}

/* Whether the two processes can take part. */
static int
window_sound(const struct smap_window *w)
{
	const uint32_t flags = w->grantee->flags | w->owner->flags;
	int r;

	if ((flags & VMF_EXITING) != 0)
		return -EFAULT;
	if ((flags & VMF_LOADING) != 0)
		return -EINVAL;
	r = page_range(w->owner_addr, w->length);
	if (r != OK)
		return r;
	if (page_range(w->addr, w->length) != OK)
		return -EINVAL;
	if (w->grantee == w->owner && w->addr < w->owner_addr + w->length &&
	    w->owner_addr < w->addr + w->length)
		return -EINVAL;
	return OK;
}

/* Whether there is a place for the window. */
static int
window_check(const struct smap_window *w)
{
	vir_bytes at = w->addr, end = w->addr + w->length;
	const struct region *r = region_find(w->grantee, at);
	const uint32_t *pte;
	uint32_t i, n;

	if (r == NULL || r->kind != REGION_ANON || r->end < end ||
	    (r->prot & VM_PROT_WRITE) == 0)
		return -EINVAL;
	for (; at < end; at += n << PAGE_SHIFT) {
		pte = pt_entries(w->grantee->page_dir, at, end, &n);
		for (i = 0; pte != NULL && i < n; i++) {
			if ((pte[i] & PTE_PINNED) != 0 || is_shared(pte[i]))
				return -EBUSY;
		}
	}
	return OK;
}

/* Whether a page may be shown so. Counts the frames it takes. */
static int
page_check(const struct smap_window *w, uint32_t pte, uint32_t *frames)
{
	if (is_shared(pte))
		return w->writable && (pte & PTE_W) == 0 ? -EPERM : OK;
	if ((pte & PTE_P) == 0 || frame_refs(pte & PTE_FRAME) > 1)
		++*frames;
	return OK;
}

/* Whether the part of the owner's memory that lies in a region may be
 * shown. */
static int
part_check(const struct smap_window *w, vir_bytes at, vir_bytes end,
    uint32_t *frames)
{
	const uint32_t *pte;
	uint32_t i, n;
	int r = OK;

	for (; r == OK && at < end; at += n << PAGE_SHIFT) {
		pte = pt_entries(w->owner->page_dir, at, end, &n);
		for (i = 0; r == OK && i < n; i++)
			r = page_check(w, pte != NULL ? pte[i] : 0, frames);
	}
	return r;
}

/* Whether the owner has what is to be shown, and may let it be. */
static int
owner_check(const struct smap_window *w, uint32_t *frames)
{
	vir_bytes at, stop, end = w->owner_addr + w->length;
	const struct region *region;
	int r = OK;

	for (at = w->owner_addr; r == OK && at < end; at = stop) {
		region = region_find(w->owner, at);
		if (region == NULL || region->prot == 0)
			return -EFAULT;
		if (region->kind == REGION_DEVICE)
			return -EINVAL;
		if (w->writable && (region->prot & VM_PROT_WRITE) == 0)
			return -EPERM;
		stop = region->end < end ? region->end : end;
		r = part_check(w, at, stop, frames);
	}
	return r;
}

/* Have all that the window takes: then nothing can fail. */
static int
window_reserve(const struct smap_window *w, uint32_t frames)
{
	int r;

	r = pt_make_tables(w->owner->page_dir, w->owner_addr,
	    w->owner_addr + w->length, vmproc_use(w->owner));
	if (r == OK)
		r = pt_make_tables(w->grantee->page_dir, w->addr,
		    w->addr + w->length, vmproc_use(w->grantee));
	if (r == OK && !frames_available(frames, vmproc_use(w->owner)))
		r = -ENOMEM;
	return r;
}

/* Have the owner's page ready to be shared, and say that it is. Its entry
 * may be read-only because of a sharing that is over. */
static int
owner_share(struct vmproc *owner, vir_bytes addr, uint32_t *pte)
{
	const struct region *region = region_find(owner, addr);
	int r;

	if (is_shared(*pte))
		return OK;
	r = page_provide(owner, addr, ACCESS_READ);
	if (r == OK)
		r = cow_own_page(owner, pte, page_flags(owner, region) & PTE_W);
	if (r != OK)
		return r;
	pte_clear(pte, PTE_KW); /* not even a debugger stores for all */
	pte_set(pte, PTE_SHARED);
	return OK;
}

/* Put one page into the window. */
static int
page_show(const struct smap_window *w, vir_bytes offset)
{
	uint32_t *from = pt_entry(w->owner->page_dir, w->owner_addr + offset);
	uint32_t *to = pt_entry(w->grantee->page_dir, w->addr + offset);
	int r = owner_share(w->owner, w->owner_addr + offset, from);

	if (r != OK)
		return r;
	if ((*to & PTE_P) != 0)
		frame_release(*to & PTE_FRAME);
	*to = (*from & PTE_FRAME) | PTE_SHARED |
	    (w->writable ? PTE_WRITABLE : PTE_READABLE);
	frame_share(*from & PTE_FRAME);
	return OK;
}

int
smap_map(const struct smap_window *w)
{
	uint32_t frames = 0;
	vir_bytes offset;
	int r;

	r = window_sound(w);
	if (r == OK)
		r = window_check(w);
	if (r == OK)
		r = owner_check(w, &frames);
	if (r == OK)
		r = window_reserve(w, frames);
	for (offset = 0; r == OK && offset < w->length; offset += PAGE_SIZE)
		r = page_show(w, offset);
	return r;
}

/* Frames that it takes to end the sharing of a range. */
static uint32_t
pages_shared(const struct vmproc *p, vir_bytes at, vir_bytes end)
{
	uint32_t i, n, count = 0;
	const uint32_t *pte;

	for (; at < end; at += n << PAGE_SHIFT) {
		pte = pt_entries(p->page_dir, at, end, &n);
		for (i = 0; pte != NULL && i < n; i++)
			if (is_shared(pte[i]))
				count++;
	}
	return count;
}

/* Make a page private. */
static int
page_part(struct vmproc *p, vir_bytes addr, uint32_t *pte)
{
	uint32_t old = *pte, flags = page_flags(p, region_find(p, addr));
	int r = OK;

	if (!is_shared(old)) {
		pte_clear(pte, PTE_SHARED);
		pte_set(pte, flags);
		return OK;
	}
	if ((p->flags & VMF_EXITING) != 0)
		*pte = 0; /* gets no frames, and will not miss it */
	else
		r = page_duplicate(old, pte, flags, vmproc_use(p));
	if (r == OK)
		frame_release(old & PTE_FRAME);
	return r;
}

int
smap_unmap(struct vmproc *grantee, vir_bytes addr, vir_bytes length)
{
	vir_bytes at, end = addr + length;
	uint32_t i, n, *pte;
	int r;

	r = page_range(addr, length);
	if (r != OK)
		return r;
	if ((grantee->flags & VMF_EXITING) == 0 &&
	    !frames_available(pages_shared(grantee, addr, end),
		vmproc_use(grantee)))
		return -ENOMEM;
	for (at = addr; r == OK && at < end; at += n << PAGE_SHIFT) {
		pte = pt_entries(grantee->page_dir, at, end, &n);
		for (i = 0; r == OK && pte != NULL && i < n; i++) {
			if ((pte[i] & PTE_SHARED) != 0)
				r = page_part(grantee, at + (i << PAGE_SHIFT),
				    &pte[i]);
		}
	}
	return r;
}

int
smap_fork_page(uint32_t *parent, uint32_t *child, uint32_t flags,
    enum frame_use use)
{
	if (is_shared(*parent))
		return page_duplicate(*parent, child, flags, use);
	pte_clear(parent, PTE_SHARED);
	return cow_share_page(parent, child, flags, use);
}
