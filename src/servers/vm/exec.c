/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Exec: build the memory of a new image in place of the old one. Who loads
 * the image writes it through the kernel, and must be able to write code and
 * constants, too. So until the process runs, the pages of segments that it
 * may not write are open to the kernel, but hidden from the process: its
 * first instruction faults, and then they become what they should be.
 */
#include <lacuna/syslib.h>

#include "servers/vm/page.h"
#include "servers/vm/pagetable.h"
#include "servers/vm/window.h"

/* Whether segments are sound, in order, and below the mmap area. */
static bool
image_sound(const struct vm_image *image)
{
	vir_bytes free = PAGE_SIZE; /* a null pointer hits nothing */
	uint32_t i;

	if (image->segments == 0 || image->segments > VM_SEGMENTS ||
	    image->stack_filled > USER_STACK_MAX / 2)
		return false;
	for (i = 0; i < image->segments; i++) {
		if (image->seg[i].start % PAGE_SIZE != 0 ||
		    image->seg[i].start < free ||
		    image->seg[i].start >= USER_MMAP_BASE ||
		    image->seg[i].length == 0 ||
		    image->seg[i].length >
			USER_MMAP_BASE - image->seg[i].start ||
		    image->seg[i].filled > image->seg[i].length ||
		    image->seg[i].lent > image->seg[i].filled ||
		    image->seg[i].lent % PAGE_SIZE != 0 ||
		    (image->seg[i].prot & ~PROT_ALL) != 0)
			return false;
		free = PAGE_CEIL(image->seg[i].start + image->seg[i].length);
	}
	return true;
}

/* Whether there are frames for what is filled at once, and the tables and
 * records that go with it, not counting what the old image gives back. */
static bool
image_affordable(const struct vmproc *p, const struct vm_image *image)
{
	uint32_t hold = PAGE_CEIL(image->stack_filled + 1) >> PAGE_SHIFT;
	uint32_t i, commit = 0, frames = 4;

	frames += PAGE_CEIL(image->stack_filled) >> PAGE_SHIFT;
	for (i = 0; i < image->segments; i++) {
		frames += 2 + (PAGE_CEIL(image->seg[i].filled) >> PAGE_SHIFT);
		frames += image->seg[i].filled / (1024 * PAGE_SIZE);
		hold += PAGE_CEIL(image->seg[i].length) >> PAGE_SHIFT;
		if ((image->seg[i].prot & VM_PROT_WRITE) != 0)
			commit += PAGE_CEIL(image->seg[i].length) >> PAGE_SHIFT;
	}
	if (PAGE_CEIL(image->stack_filled + 1) > p->stack_max * PAGE_SIZE)
		return false;
	if (commit > p->committed &&
	    !region_may_commit(p, commit - p->committed))
		return false;
	return hold <= p->quota && frames_available(frames, vmproc_use(p));
}

/* Give frames to the pages from start to end, of which the bytes from
 * 'from' to 'to' will be written, and the others must be zeros. */
static int
image_fill(struct vmproc *p, vir_bytes from, vir_bytes to, uint32_t flags)
{
	vir_bytes addr;
	phys_bytes frame;
	int r;

	for (addr = PAGE_FLOOR(from); addr < to; addr += PAGE_SIZE) {
		r = page_fill(p, addr, flags, &frame);
		if (r != OK)
			return r;
		if (addr < from || to - addr < PAGE_SIZE)
			window_zero(frame);
	}
	return OK;
}

/* Build one segment. */
static int
segment_build(struct vmproc *p, const struct vm_image *image, uint32_t i)
{
	vir_bytes start = image->seg[i].start;
	uint32_t prot = image->seg[i].prot, flags = PTE_WRITABLE;
	int r;

	r = region_add(p, start, PAGE_CEIL(start + image->seg[i].length),
	    REGION_ANON, prot);
	if (r != OK)
		return r;
	if ((prot & VM_PROT_WRITE) == 0)
		flags = PTE_P | PTE_KW;
	p->brk_min = start + image->seg[i].length;
	return image_fill(p, start + image->seg[i].lent,
	    start + image->seg[i].filled, flags);
}

/* Build all of it. */
static int
image_build(struct vmproc *p, const struct vm_image *image)
{
	vir_bytes stack = USER_STACK_TOP - image->stack_filled;
	uint32_t i;
	int r = OK;

	for (i = 0; r == OK && i < image->segments; i++)
		r = segment_build(p, image, i);
	p->brk = p->brk_min;
	if (r == OK)
		r = region_add(p, PAGE_FLOOR(stack - 1), USER_STACK_TOP,
		    REGION_STACK, VM_PROT_READ | VM_PROT_WRITE);
	if (r == OK)
		r = image_fill(p, stack, USER_STACK_TOP, PTE_WRITABLE);
	return r;
}

int
do_vm_exec_newmem(endpoint_t who, const struct vm_exec_newmem_req *req,
    struct vm_exec_newmem_rep *rep)
{
	struct vm_image image;
	struct vmproc *p;
	int r;

	r = vmproc_other(who, req->ep, &p);
	if (r == OK)
		r = sys_datacopy(who, req->image, SELF,
		    (vir_bytes)(uintptr_t)&image, sizeof image);
	if (r != OK)
		return r;
	if (!image_sound(&image))
		return -EINVAL;
	if (!image_affordable(p, &image))
		return -ENOMEM;

	region_clear(p);
	p->flags |= VMF_LOADING;
	rep->stack_top = USER_STACK_TOP;
	r = image_build(p, &image);
	if (r != OK) /* it has neither its old memory nor a new one */
		(void)sys_kill(p->ep, SIGKILL);
	return r;
}

void
exec_settle(struct vmproc *p)
{
	const struct region *r;

	p->flags &= ~(uint32_t)VMF_LOADING;
	for (r = p->regions; r != NULL; r = r->next) {
		if ((r->prot & VM_PROT_WRITE) == 0)
			pt_change(p->page_dir, r->start, r->end, PTE_KW | PTE_W,
			    page_flags(p, r));
	}
}
