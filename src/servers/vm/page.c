/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Demand zero and copy-on-write.
 */
#include "servers/vm/page.h"

#include "servers/vm/pagetable.h"
#include "servers/vm/window.h"

uint32_t
page_flags(const struct region *r)
{
	if ((r->prot & VM_PROT_WRITE) != 0)
		return PTE_WRITABLE;
	return r->prot == 0 ? 0 : PTE_READABLE;
}

/* What allows the kernel to write a page. Where the process may not, the
 * kernel may do so for its loader or its debugger. */
static uint32_t
write_flag(const struct region *r)
{
	return (r->prot & VM_PROT_WRITE) != 0 ? PTE_W : PTE_KW;
}

/* Whether a process, or the kernel for it, may touch a region so. */
static bool
permitted(const struct vmproc *p, const struct region *r, enum access access)
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

/* Make a present page writable: with a frame of its own, unless others are
 * meant to see what is written. */
static int
page_own(struct vmproc *p, uint32_t *pte, uint32_t flag)
{
	phys_bytes old = *pte & PTE_FRAME, new;

	if ((*pte & PTE_SHARED) == 0 && frame_refs(old) > 1) {
		new = frame_alloc(vmproc_use(p));
		if (new == NO_FRAME)
			return -ENOMEM;
		window_copy(new, old);
		*pte = new | (*pte & ~PTE_FRAME);
		frame_release(old);
		p->count.pages_copied++;
	}
	*pte |= flag;
	p->count.cow_faults++;
	return OK;
}

/* page_provide() for an access that is permitted. */
static int
provide(struct vmproc *p, const struct region *r, vir_bytes addr,
    enum access access)
{
	uint32_t *pte = pt_entry(p->page_dir, addr);
	uint32_t flags = page_flags(r);
	phys_bytes frame;
	int status;

	if (pte != NULL && (*pte & PTE_P) != 0) {
		if (access == ACCESS_READ || (*pte & write_flag(r)) != 0 ||
		    r->kind == REGION_DEVICE)
			return OK;
		return page_own(p, pte, write_flag(r));
	}
	if ((p->flags & VMF_EXITING) != 0)
		return -ENOMEM;
	if (access != ACCESS_READ)
		flags |= write_flag(r);
	status = page_fill(p, addr, flags, &frame);
	if (status == OK)
		window_zero(frame);
	return status;
}

int
page_provide(struct vmproc *p, vir_bytes addr, enum access access)
{
	const struct region *r = region_find(p, addr);

	if (r == NULL || !permitted(p, r, access))
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
