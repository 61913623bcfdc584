/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Figures, for those who ask and for debugging.
 */
#include <lacuna/printf.h>
#include <lacuna/string.h>

#include "servers/vm/pagetable.h"
#include "servers/vm/region.h"

static void
count_add(const struct vm_counters *count, struct vm_info_rep *rep)
{
	rep->faults += count->faults;
	rep->cow_faults += count->cow_faults;
	rep->pages_copied += count->pages_copied;
	rep->cow_shares += count->cow_shares;
}

/* Add the figures of a process. */
static void
info_add(const struct vmproc *p, struct vm_info_rep *rep)
{
	struct pt_figures sum = { 0 };
	const struct region *r;

	for (r = p->regions; r != NULL; r = r->next) {
		if (r->kind != REGION_DEVICE)
			pt_count(p->page_dir, r->start, r->end, &sum);
	}
	rep->frames += sum.pages;
	rep->shared += sum.shared;
	rep->smap_pages += sum.really;
	rep->regions += p->nregions;
	count_add(&p->count, rep);
}

int
do_vm_info(endpoint_t who, const struct vm_info_req *req,
    struct vm_info_rep *rep)
{
	const struct vmproc *p;
	int i;

	p = vmproc_find(req->ep == SELF ? who : req->ep);
	if (p == NULL && req->ep != NONE)
		return -EINVAL;
	rep->frames_total = frames_total();
	rep->frames_free = frames_free();
	if (p != NULL) {
		info_add(p, rep);
		return OK;
	}
	for (i = 0; i < NR_PROCS; i++) {
		if (vmproc_table[i].ep != NONE)
			info_add(&vmproc_table[i], rep);
	}
	count_add(&vmproc_past, rep);
	rep->frames = rep->frames_total - rep->frames_free;
	return OK;
}

/* From an address on, the first page that is there, or is not. */
static vir_bytes
page_seek(const struct vmproc *p, vir_bytes addr, vir_bytes end, bool there)
{
	const uint32_t *pte;
	uint32_t n, i;

	for (; addr < end; addr += n * PAGE_SIZE) {
		pte = pt_entries(p->page_dir, addr, end, &n);
		for (i = 0; i < n; i++) {
			bool present = pte != NULL && (pte[i] & PTE_P) != 0;

			if (present == there)
				return addr + i * PAGE_SIZE;
		}
	}
	return end;
}

int
do_vm_region(endpoint_t who, const struct vm_region_req *req,
    struct vm_region_rep *rep)
{
	const struct vmproc *p = vmproc_find(req->ep == SELF ? who : req->ep);
	const struct region *r;

	if (p == NULL)
		return -EINVAL;
	for (r = p->regions; r != NULL && r->end <= req->addr; r = r->next)
		continue;
	if (r == NULL)
		return -ENOENT;
	rep->start = rep->from = r->start;
	rep->end = r->end;
	rep->prot = r->prot;
	rep->device = r->kind == REGION_DEVICE;
	if (rep->from < req->addr)
		rep->from = PAGE_FLOOR(req->addr);
	if (rep->device)
		rep->from = r->end;
	rep->from = page_seek(p, rep->from, r->end, true);
	rep->to = page_seek(p, rep->from, r->end, false);
	return OK;
}

void
vm_dump(void)
{
	struct vm_info_req all = { .ep = NONE };
	struct vm_info_rep n = { 0 };
	const struct vmproc *p;

	(void)do_vm_info(NONE, &all, &n); /* cannot fail */
	printf("vm: %u pages, %u free; %u regions, %u pages shared; %u faults, "
	       "%u of them copied\n",
	    n.frames_total, n.frames_free, n.regions, n.shared, n.faults,
	    n.cow_faults);
	for (p = vmproc_table; p < vmproc_table + NR_PROCS; p++) {
		if (p->ep == NONE)
			continue;
		memset(&n, 0, sizeof n);
		info_add(p, &n);
		printf("vm: process %d: %u pages in %u regions, %u shared, "
		       "%u faults\n",
		    p->ep, n.frames, n.regions, n.shared, n.faults);
	}
}
