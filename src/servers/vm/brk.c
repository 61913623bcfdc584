/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The program break: the end of the memory behind the last data segment.
 */
#include "servers/vm/page.h"

/* Add memory behind the old break. */
static int
brk_grow(struct vmproc *p, vir_bytes old_end, vir_bytes new_end)
{
	uint32_t added = (new_end - PAGE_CEIL(p->brk_min)) >> PAGE_SHIFT;

	if (added > p->data_max)
		return -ENOMEM;
	if (new_end > USER_MMAP_BASE || !region_range_free(p, old_end, new_end))
		return -ENOMEM;
	return region_add(p, old_end, new_end, REGION_ANON,
	    VM_PROT_READ | VM_PROT_WRITE);
}

int
do_vm_brk(endpoint_t who, const struct vm_brk_req *req, struct vm_brk_rep *rep)
{
	vir_bytes old_end, new_end;
	struct vmproc *p = vmproc_caller(who);
	int r = OK;

	rep->addr = p->brk;
	if (req->addr == 0)
		return OK;
	if (req->addr < p->brk_min || req->addr > USER_MMAP_BASE)
		return -ENOMEM;

	old_end = PAGE_CEIL(p->brk);
	new_end = PAGE_CEIL(req->addr);
	if (new_end > old_end)
		r = brk_grow(p, old_end, new_end);
	else if (new_end < old_end)
		r = region_remove(p, new_end, old_end);
	if (r == OK) {
		p->brk = req->addr;
		rep->addr = req->addr;
	}
	return r;
}
