/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: address spaces. VM's orders to the processor and the
 * scheduler.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/arch.h"
#include "kernel/call/pagedir.h"
#include "kernel/sched.h"

/* Put a page directory in force. */
static int
set_address_space(struct proc *p, phys_bytes page_dir)
{
	if (!page_dir_ok(page_dir))
		return -EINVAL;
	arch_set_page_dir(p, page_dir);
	return OK;
}

/* Fill the kernel's part of a page directory. */
static int
fill_kernel_part(phys_bytes page_dir)
{
	if (!page_dir_ok(page_dir))
		return -EINVAL;
	arch_kernel_pdes(page_dir);
	return OK;
}

static int
clear_page_fault(struct proc *p)
{
	if (!rts_isset(p, RTS_PAGEFAULT))
		return -EINVAL;
	rts_clear(p, RTS_PAGEFAULT);
	return OK;
}

int
do_sys_vmctl(struct proc *caller, const struct sys_vmctl_req *req,
    struct sys_vmctl_rep *rep)
{
	struct proc *p;
	int r;

	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	switch (req->request) {
	case VMCTL_GET_PDBR:
		rep->value = p->page_dir;
		return OK;
	case VMCTL_SETADDRSPACE:
		return set_address_space(p, req->value);
	case VMCTL_FLUSHTLB:
		arch_flush_tlb();
		return OK;
	case VMCTL_CLEAR_PAGEFAULT:
		return clear_page_fault(p);
	case VMCTL_VMINHIBIT_SET:
		rts_set(p, RTS_VMINHIBIT);
		return OK;
	case VMCTL_VMINHIBIT_CLEAR:
		rts_clear(p, RTS_VMINHIBIT);
		return OK;
	case VMCTL_KERNEL_PDES:
		return fill_kernel_part(req->value);
	case VMCTL_NOPAGEZERO: /* nothing of the kernel's is there */
		return OK;
	default:
		return -EINVAL;
	}
}
