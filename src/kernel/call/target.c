/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Finding what a call is about: a process, and its memory.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/arch.h"
#include "kernel/sched.h"

int
target_find(struct proc *caller, endpoint_t ep, struct proc **target)
{
	struct proc *p = ep == SELF ? caller : proc_lookup(ep);

	if (p == NULL)
		return -EINVAL;
	if (proc_is_task(p))
		return -EPERM;
	*target = p;
	return OK;
}

/* Can the process itself use the page at addr as wanted? */
static bool
page_present(const struct proc *p, vir_bytes addr, uint32_t wanted)
{
	return (arch_page_entry(p->page_dir, addr) & wanted) == wanted;
}

int
range_present(struct proc *caller, struct proc *target, vir_bytes addr,
    vir_bytes bytes, bool write)
{
	uint32_t wanted = PTE_P | PTE_U | (write ? PTE_W : 0);
	struct vm_request req = {
		.kind = MEMREQ_CHECK,
		.target = target->endpoint,
		.source = NONE,
		.start = addr,
		.length = bytes,
		.write = write,
	};
	vir_bytes page;

	if (bytes > KERNEL_BASE || addr > KERNEL_BASE - bytes)
		return -EFAULT;
	/* What VM is about to change there is not to be relied on. */
	if (rts_isset(target, RTS_VMREQTARGET))
		return vm_suspend(caller, &req);
	for (page = PAGE_FLOOR(addr); page < addr + bytes; page += PAGE_SIZE)
		if (!page_present(target, page, wanted))
			return vm_suspend(caller, &req);
	return OK;
}
