/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Fork: the child gets its parent's regions, and shares its pages until one
 * of the two writes. The child of RS gets no memory: RS makes it another
 * service at once.
 */
#include <lacuna/syslib.h>

#include "servers/vm/pagetable.h"
#include "servers/vm/region.h"
#include "servers/vm/share.h"

/* Whether PM may ask for a child in this slot. */
static int
fork_check(const struct vmproc *parent, int slot)
{
	if (parent == NULL || slot < 0 || slot >= NR_PROCS)
		return -EINVAL;
	if (parent->ep == VM_PROC_NR || (parent->flags & VMF_EXITING) != 0)
		return -EPERM;
	return vmproc_table[slot].ep == NONE ? OK : -EBUSY;
}

/* The limits that PM has set are a child's, too; a service's quota is not. */
static void
limits_inherit(struct vmproc *child, const struct vmproc *parent)
{
	child->stack_max = parent->stack_max;
	child->data_max = parent->data_max;
	if ((parent->flags & VMF_SERVICE) == 0)
		child->quota = parent->quota;
}

/* Build the child's memory. When this fails the parent is as it was, but
 * finds some of its pages at a fault. */
static int
fork_memory(struct vmproc *parent, struct vmproc *child, bool root)
{
	phys_bytes dir = pt_create(vmproc_use(parent));
	int r;

	if (dir == NO_FRAME)
		return -ENOMEM;
	if ((parent->flags & VMF_LOADING) != 0)
		exec_settle(parent);
	vmproc_start(child, NONE, dir);
	child->brk_min = parent->brk_min;
	child->brk = parent->brk;
	limits_inherit(child, parent);
	/* As a child its privileges are those of users, until RS says more;
	 * what RS has begun is a service. */
	child->flags = root ? VMF_ROOT : 0;
	if (parent->ep == RS_PROC_NR)
		child->flags |= VMF_SERVICE;
	child->call_mask = VM_USER_CALLS;
	if (parent->ep == RS_PROC_NR)
		return OK; /* RS loads a program into the child */
	r = region_fork(parent, child);
	if (r == OK)
		r = share_pages(parent, child);
	if (r != OK)
		vmproc_end(child);
	return r;
}

int
do_vm_fork(endpoint_t who, const struct vm_fork_req *req,
    struct vm_fork_rep *rep)
{
	struct vmproc *parent = vmproc_find(req->parent), *child;
	endpoint_t ep;
	int r;

	(void)who;
	r = fork_check(parent, req->child_slot);
	if (r != OK)
		return r;
	child = &vmproc_table[req->child_slot];
	r = fork_memory(parent, child, req->root != 0);
	if (r != OK)
		return r;
	r = sys_fork(parent->ep, req->child_slot, child->page_dir, &ep);
	if (r != OK) {
		vmproc_end(child);
		return r;
	}
	child->ep = ep;
	rep->child = ep;
	return sys_vmctl_vminhibit_clear(ep);
}
