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

/* The entry of a page, or NULL: there is none yet. */
static uint32_t *
entry(const struct vmproc *p, vir_bytes addr)
{
	return pt_entry(p->page_dir, addr);
}

/* Is one page of the window fit to be one? */
static int
window_page_check(const struct smap_window *w, vir_bytes offset)
{
	const struct region *r = region_find(w->grantee, w->addr + offset);
	const uint32_t *pte = entry(w->grantee, w->addr + offset);

	if (r == NULL || r != region_find(w->grantee, w->addr) ||
	    r->kind != REGION_ANON || (r->prot & VM_PROT_WRITE) == 0)
		return -EINVAL;
	if (pte != NULL && ((*pte & PTE_PINNED) != 0 || is_shared(*pte)))
		return -EBUSY;
	return OK;
}

/* May one page of the owner be shown? */
static int
owner_page_check(const struct smap_window *w, vir_bytes offset)
{
	const struct region *r = region_find(w->owner, w->owner_addr + offset);
	const uint32_t *pte = entry(w->owner, w->owner_addr + offset);

	if (r == NULL || r->prot == 0)
		return -EFAULT;
	if (r->kind == REGION_DEVICE)
		return -EINVAL;
	if (!w->writable)
		return OK;
	if ((r->prot & VM_PROT_WRITE) == 0)
		return -EPERM;
	if (pte != NULL && is_shared(*pte) && (*pte & PTE_W) == 0)
		return -EPERM;
	return OK;
}

static int
all_check(const struct smap_window *w)
{
	const uint32_t flags = w->grantee->flags | w->owner->flags;
	vir_bytes offset;
	int r;

	if ((flags & VMF_EXITING) != 0)
		return -EFAULT;
	r = page_range(w->owner_addr, w->length);
	if (r != OK)
		return r;
	if ((flags & VMF_LOADING) != 0 || page_range(w->addr, w->length) != OK)
		return -EINVAL;
	if (w->grantee == w->owner && w->addr < w->owner_addr + w->length &&
	    w->owner_addr < w->addr + w->length)
		return -EINVAL;
	for (offset = 0; offset < w->length && r == OK; offset += PAGE_SIZE)
		r = window_page_check(w, offset);
	for (offset = 0; offset < w->length && r == OK; offset += PAGE_SIZE)
		r = owner_page_check(w, offset);
	return r;
}

/* Have all tables, and as many frames as could be needed at most. */
static int
all_reserve(const struct smap_window *w)
{
	enum frame_use use = vmproc_use(w->owner);
	vir_bytes offset;

	for (offset = 0; offset < w->length; offset += PAGE_SIZE)
		if (pt_entry_make(w->owner->page_dir, w->owner_addr + offset,
			use) == NULL ||
		    pt_entry_make(w->grantee->page_dir, w->addr + offset,
			vmproc_use(w->grantee)) == NULL)
			return -ENOMEM;
	return frames_available(w->length / PAGE_SIZE, use) ? OK : -ENOMEM;
}

static int
page_show(const struct smap_window *w, vir_bytes offset)
{
	uint32_t *from = entry(w->owner, w->owner_addr + offset);
	uint32_t *to = entry(w->grantee, w->addr + offset), old = *to;
	const struct region *region =
	    region_find(w->owner, w->owner_addr + offset);
	int r = OK;

	if (!is_shared(*from)) {
		if ((*from & PTE_P) == 0)
			r = page_provide(w->owner, w->owner_addr + offset,
			    ACCESS_READ);
		if (r == OK)
			r = cow_own_page(w->owner, from,
			    page_flags(w->owner, region) & PTE_W);
		if (r != OK)
			return r;
		pte_set(from, PTE_SHARED);
		pte_clear(from, PTE_KW);
	}
	frame_share(*from & PTE_FRAME);
	*to = (*from & PTE_FRAME) | PTE_SHARED |
	    (w->writable ? PTE_WRITABLE : PTE_READABLE);
	if ((old & PTE_P) != 0)
		frame_release(old & PTE_FRAME);
	return OK;
}

int
smap_map(const struct smap_window *w)
{
	vir_bytes offset;
	int r = all_check(w);

	if (r == OK)
		r = all_reserve(w);
	for (offset = 0; offset < w->length && r == OK; offset += PAGE_SIZE)
		r = page_show(w, offset);
	return r;
}

/* End the sharing of one page. */
static int
page_part(struct vmproc *p, vir_bytes addr)
{
	uint32_t *pte = entry(p, addr), old;
	int r;

	if (pte == NULL || (*pte & PTE_SHARED) == 0)
		return OK;
	old = *pte;
	if (!is_shared(old)) {
		pte_set(pte, page_flags(p, region_find(p, addr)));
		pte_clear(pte, PTE_SHARED);
		return OK;
	}
	r = page_duplicate(old, pte, page_flags(p, region_find(p, addr)),
	    vmproc_use(p));
	if (r != OK)
		return r;
	frame_release(old & PTE_FRAME);
	return OK;
}

int
smap_unmap(struct vmproc *grantee, vir_bytes addr, vir_bytes length)
{
	vir_bytes offset;
	uint32_t frames = 0;
	const uint32_t *pte;
	int r = page_range(addr, length);

	if (r != OK || (grantee->flags & VMF_EXITING) != 0)
		return r; /* it will end with the process */
	for (offset = 0; offset < length; offset += PAGE_SIZE) {
		pte = entry(grantee, addr + offset);
		frames += pte != NULL && is_shared(*pte);
	}
	if (!frames_available(frames, vmproc_use(grantee)))
		return -ENOMEM;
	for (offset = 0; offset < length && r == OK; offset += PAGE_SIZE)
		r = page_part(grantee, addr + offset);
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
