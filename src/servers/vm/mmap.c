/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Anonymous memory on request.
 */
#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"
#include "servers/vm/window.h"

#define FLAGS_USER ((uint32_t)VM_MAP_FIXED)
#define FLAGS_ALL  (FLAGS_USER | VM_MAP_PREALLOC | VM_MAP_CONTIG)

/* Whether a range can be asked for: pages between null and the stack. */
static bool
range_sound(vir_bytes addr, vir_bytes length)
{
	return addr % PAGE_SIZE == 0 && addr >= PAGE_SIZE &&
	    addr < STACK_LIMIT && length != 0 && length <= STACK_LIMIT - addr;
}

/* Find the place of a new mapping; with FIXED, make it free. */
static int
mmap_place(struct vmproc *p, const struct vm_mmap_req *req, vir_bytes length,
    vir_bytes *addr)
{
	vir_bytes end = req->addr + length;

	if ((req->flags & VM_MAP_FIXED) != 0) {
		if (!range_sound(req->addr, length))
			return -EINVAL;
		*addr = req->addr;
		return region_remove(p, req->addr, end);
	}
	if (range_sound(req->addr, length) && req->addr >= USER_MMAP_BASE &&
	    end <= USER_MMAP_END && region_range_free(p, req->addr, end)) {
		*addr = req->addr;
		return OK;
	}
	return region_room(p, length, addr);
}

/* Put neighbouring frames of zeros below a region. */
static int
frames_in_a_row(struct vmproc *p, vir_bytes addr, vir_bytes end)
{
	uint32_t i, n = (end - addr) >> PAGE_SHIFT, *pte;
	phys_bytes frame;

	/* Tables first: then only the frames can fail. */
	if (pt_make_tables(p->page_dir, addr, end, vmproc_use(p)) != OK)
		return -ENOMEM;
	frame = frame_alloc_run(n, vmproc_use(p));
	if (frame == NO_FRAME)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		window_zero(frame + i * PAGE_SIZE);
		pte = pt_entry(p->page_dir, addr + i * PAGE_SIZE);
		*pte = (frame + i * PAGE_SIZE) | PTE_WRITABLE | PTE_PINNED;
	}
	return OK;
}

/* Add the region and what frames it is to have now. */
static int
mmap_build(struct vmproc *p, const struct vm_mmap_req *req, vir_bytes addr,
    vir_bytes end)
{
	bool contig = (req->flags & VM_MAP_CONTIG) != 0;
	int r;

	r = region_add(p, addr, end, contig ? REGION_DMA : REGION_ANON,
	    req->prot);
	if (r != OK)
		return r;
	if (contig)
		r = frames_in_a_row(p, addr, end);
	else if ((req->flags & VM_MAP_PREALLOC) != 0)
		r = page_provide_range(p, addr, end - addr,
		    (req->prot & VM_PROT_WRITE) != 0 ? ACCESS_WRITE
						     : ACCESS_READ);
	if (r != OK)
		/* What was just added can be cut off again: if it has joined
		 * two regions, there is a record to spare. */
		(void)region_remove(p, addr, end);
	return r;
}

/* Whether the request makes sense, and is this process's to make. */
static int
mmap_check(const struct vmproc *p, const struct vm_mmap_req *req)
{
	uint32_t flags = FLAGS_USER;

	if ((p->flags & VMF_SERVICE) != 0)
		flags = FLAGS_ALL;
	if (req->length == 0 || (req->prot & ~PROT_ALL) != 0 ||
	    (req->flags & ~FLAGS_ALL) != 0)
		return -EINVAL;
	if ((req->flags & ~flags) != 0)
		return -EPERM;
	if (req->prot == 0 && (req->flags & ~(uint32_t)VM_MAP_FIXED) != 0)
		return -EINVAL;
	if (req->length > USER_MMAP_END)
		return -ENOMEM;
	if (!region_may_hold(p, PAGE_CEIL(req->length) >> PAGE_SHIFT))
		return -ENOMEM;
	if ((req->prot & VM_PROT_WRITE) != 0 &&
	    !region_may_commit(p, PAGE_CEIL(req->length) >> PAGE_SHIFT))
		return -ENOMEM;
	return OK;
}

int
do_vm_mmap(endpoint_t who, const struct vm_mmap_req *req,
    struct vm_mmap_rep *rep)
{
	struct vmproc *p = vmproc_caller(who);
	vir_bytes addr, length;
	int r = mmap_check(p, req);

	if (r != OK)
		return r;
	length = PAGE_CEIL(req->length);
	r = mmap_place(p, req, length, &addr);
	if (r == OK)
		r = mmap_build(p, req, addr, addr + length);
	if (r == OK)
		rep->addr = addr;
	return r;
}

int
do_vm_munmap(endpoint_t who, const struct vm_munmap_req *req,
    struct vm_munmap_rep *rep)
{
	struct vmproc *p = vmproc_caller(who);
	vir_bytes length = PAGE_CEIL(req->length);

	(void)rep;
	if (length < req->length || !range_sound(req->addr, length))
		return -EINVAL;
	return region_remove(p, req->addr, req->addr + length);
}
