/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The end of an address space.
 */
#include <lacuna/syslib.h>

#include "servers/vm/pagetable.h"
#include "servers/vm/vm.h"

int
do_vm_willexit(endpoint_t who, const struct vm_willexit_req *req,
    struct vm_willexit_rep *rep)
{
	struct vmproc *p;
	int r;

	(void)rep;
	r = vmproc_other(who, req->ep, &p);
	if (r == OK)
		p->flags |= VMF_EXITING;
	return r;
}

int
do_vm_exit(endpoint_t who, const struct vm_exit_req *req,
    struct vm_exit_rep *rep)
{
	struct vmproc *p;
	int r;

	(void)rep;
	r = vmproc_other(who, req->ep, &p);
	if (r != OK)
		return r;
	/* While its slot lives on, the kernel must not walk tables that are
	 * somebody else's by now. If the slot is empty already this fails. */
	(void)sys_vmctl_setaddrspace(p->ep, pt_empty());
	vmproc_end(p);
	return OK;
}
