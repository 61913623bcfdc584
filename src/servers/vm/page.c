/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Demand zero and copy-on-write.
 */
#include "servers/vm/page.h"

#include "servers/vm/cow.h"
#include "servers/vm/pagetable.h"
#include "servers/vm/window.h"

bool
page_may(const struct vmproc *p, const struct region *r, enum access access)
{
	if (r->prot == 0)
		return false;
	if (access == ACCESS_WRITE && (p->flags & VMF_LOADING) == 0)
		return (r->prot & VM_PROT_WRITE) != 0;
	return true;
}

int
page_fill(struct vmproc *p, vir_bytes addr, uint32_t flags, phys_bytes *frame)
{
	enum frame_use use = vmproc_use(p);
	uint32_t *pte = pt_entry_make(p->page_dir, addr, use);
	phys_bytes new;

	if (pte == NULL)
		return -ENOMEM;
	new = frame_alloc(use);
	if (new == NO_FRAME)
		return -ENOMEM;
	*pte = new | flags;
	*frame = new;
	return OK;
}

int
page_duplicate(uint32_t from, uint32_t *to, uint32_t flags, enum frame_use use)
{
	phys_bytes frame = frame_alloc(use);

	if (frame == NO_FRAME)
		return -ENOMEM;
	window_copy(frame, from & PTE_FRAME);
	*to = frame | flags;
	return OK;
}

/* Whether a present page can be used as it is. One that is hidden from its
 * process can be used when the kernel may write it. */
static bool
is_ready(const struct region *r, uint32_t pte, enum access access)
{
	if (access == ACCESS_READ)
		return (pte & (PTE_U | PTE_KW)) != 0;
	return (pte & page_write_flag(r)) != 0;
}

/* Make a present page writable, unless others would see what is written
 * through a window that is for looking. */
static int
present_own(struct vmproc *p, uint32_t *pte, uint32_t flag)
{
	int r;

	if ((*pte & PTE_SHARED) != 0) {
		if (frame_refs(*pte & PTE_FRAME) > 1)
			return -EFAULT;
		pte_clear(pte, PTE_SHARED);
	}
	r = cow_own_page(p, pte, flag);
	if (r == OK)
		p->count.cow_faults++;
	return r;
}

/* page_provide() for an access that is permitted. */
static int
provide(struct vmproc *p, const struct region *r, vir_bytes addr,
    enum access access)
{
	uint32_t *pte = pt_entry(p->page_dir, addr);
	uint32_t flags = page_flags(p, r);
	phys_bytes frame;
	int status;

	if (pte != NULL && (*pte & PTE_P) != 0) {
		if (is_ready(r, *pte, access))
			return OK;
		return present_own(p, pte, page_write_flag(r));
	}
	if ((p->flags & VMF_EXITING) != 0)
		return -ENOMEM;
	if (access != ACCESS_READ || (flags & PTE_U) == 0)
		flags |= page_write_flag(r);
	status = page_fill(p, addr, flags, &frame);
	if (status == OK)
		window_zero(frame);
	return status;
}

int
page_permitted(const struct vmproc *p, vir_bytes start, vir_bytes end,
    enum access access)
{
	const struct region *r;

	for (; start < end; start = r->end) {
		r = region_find(p, start);
		if (r == NULL || !page_may(p, r, access))
			return -EFAULT;
	}
	return OK;
}

int
page_provide(struct vmproc *p, vir_bytes addr, enum access access)
{
	const struct region *r = region_find(p, addr);

	if (r == NULL || !page_may(p, r, access))
		return -EFAULT;
	return provide(p, r, addr, access);
}

int
page_provide_range(struct vmproc *p, vir_bytes start, vir_bytes length,
    enum access access)
{
	vir_bytes addr, last = start + (length - 1);
	int r = OK;

	if (length == 0 || last < start || last >= KERNEL_BASE)
		return -EFAULT;
	last = PAGE_FLOOR(last);
	for (addr = PAGE_FLOOR(start); r == OK && addr <= last;
	     addr += PAGE_SIZE)
		r = page_provide(p, addr, access);
	return r;
}
