/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of processes. Slots are the kernel's, so that an endpoint is
 * found without searching.
 */
#include "servers/vm/pagetable.h"
#include "servers/vm/region.h"
#include "servers/vm/vm.h"

struct vmproc vmproc_table[NR_PROCS];
struct vm_counters vmproc_past;

void
vmproc_init(void)
{
	int i;

	for (i = 0; i < NR_PROCS; i++)
		vmproc_table[i].ep = NONE;
}

struct vmproc *
vmproc_find(endpoint_t ep)
{
	int slot = endpoint_slot(ep);

	if (slot < 0 || slot >= NR_PROCS || vmproc_table[slot].ep != ep)
		return NULL;
	return &vmproc_table[slot];
}

int
vmproc_other(endpoint_t who, endpoint_t ep, struct vmproc **p)
{
	struct vmproc *other = vmproc_find(ep);

	if (other == NULL)
		return -EINVAL;
	if (ep == VM_PROC_NR || ep == who)
		return -EPERM;
	*p = other;
	return OK;
}

struct vmproc *
vmproc_caller(endpoint_t who)
{
	struct vmproc *p = vmproc_find(who);

	assert(p != NULL); /* or its request would not have passed */
	return p;
}

void
vmproc_start(struct vmproc *p, endpoint_t ep, phys_bytes page_dir)
{
	*p = (struct vmproc){ .ep = ep,
		.page_dir = page_dir,
		.quota = QUOTA_NONE,
		.stack_max = USER_STACK_MAX / PAGE_SIZE,
		.data_max = VM_LIMIT_NONE };
}

void
vmproc_end(struct vmproc *p)
{
	region_clear(p);
	pt_destroy(p->page_dir);
	vmproc_past.faults += p->count.faults;
	vmproc_past.cow_faults += p->count.cow_faults;
	vmproc_past.pages_copied += p->count.pages_copied;
	vmproc_past.cow_shares += p->count.cow_shares;
	p->ep = NONE;
}
