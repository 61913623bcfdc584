/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot processes. The kernel has given them all the pages of their
 * images before VM existed; VM reads what there is out of their page tables,
 * makes regions of it, and counts the frames as in use.
 */
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#include "servers/vm/pagetable.h"
#include "servers/vm/region.h"
#include "servers/vm/window.h"

#define TABLE_SPAN (1024 * PAGE_SIZE)

/** Pages seen so far that will be one region. */
struct run {
	vir_bytes start, end; /**< empty if equal */
	uint32_t prot;
};

/* Count a frame. The kernel's tables are ours to trust: if they are wrong
 * there is no system. */
static void
frame_count(phys_bytes frame)
{
	if (!frame_adopt(frame))
		panic("frame 0x%x is free, or has two owners", frame);
}

/* Make a region of a run. Stacks are those pages that one could grow to. */
static int
run_end(struct vmproc *p, const struct run *run)
{
	if (run->start == run->end)
		return OK;
	if (run->start >= STACK_LIMIT)
		return region_add(p, run->start, run->end, REGION_STACK,
		    run->prot);
	if (run->end <= USER_MMAP_BASE)
		p->brk_min = run->end;
	return region_add(p, run->start, run->end, REGION_ANON, run->prot);
}

/* Add a page to the run, or end the run and begin a new one. */
static int
run_add(struct vmproc *p, struct run *run, vir_bytes addr, uint32_t pte)
{
	uint32_t prot = VM_PROT_READ;
	int r = OK;

	prot |= (pte & PTE_W) != 0 ? VM_PROT_WRITE : VM_PROT_EXEC;
	if (run->end != addr || run->prot != prot || run->end == STACK_LIMIT) {
		r = run_end(p, run);
		*run = (struct run){ addr, addr, prot };
	}
	run->end = addr + PAGE_SIZE;
	return r;
}

/* Take over the pages of one table. */
static int
table_adopt(struct vmproc *p, vir_bytes start, struct run *run)
{
	const uint32_t *pte = pt_entry(p->page_dir, start);
	uint32_t i;
	int r = OK;

	for (i = 0; r == OK && pte != NULL && i < 1024; i++) {
		if ((pte[i] & PTE_P) == 0)
			continue;
		frame_count(pte[i] & PTE_FRAME);
		r = run_add(p, run, start + i * PAGE_SIZE, pte[i]);
	}
	return r;
}

/* Take over one process. */
static int
process_adopt(endpoint_t ep, phys_bytes page_dir)
{
	struct vmproc *p = &vmproc_table[endpoint_slot(ep)];
	const uint32_t *pd = window_at(page_dir);
	struct run run = { 0, 0, 0 };
	vir_bytes at;
	int r = OK;

	vmproc_start(p, ep, page_dir);
	p->call_mask = VM_USER_CALLS;
	p->flags |= ep == INIT_PROC_NR ? VMF_ROOT : VMF_SERVICE;
	frame_count(page_dir);
	for (at = 0; r == OK && at < KERNEL_BASE; at += TABLE_SPAN) {
		if (pt_entry(page_dir, at) == NULL)
			continue;
		frame_count(pd[at / TABLE_SPAN] & PTE_FRAME);
		r = table_adopt(p, at, &run);
	}
	if (r == OK)
		r = run_end(p, &run);
	p->brk = p->brk_min;
	return r;
}

int
adopt_boot_processes(void)
{
	static struct boot_image image[NR_BOOT_PROCS];
	int i, r;

	r = sys_getimage(image);
	for (i = 0; r == OK && i < NR_BOOT_PROCS; i++) {
		if (image[i].page_dir != NO_FRAME)
			r = process_adopt(image[i].ep, image[i].page_dir);
	}
	return r;
}
