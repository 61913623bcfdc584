/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Page faults. A process that touches what it does not have gets SIGSEGV; one
 * for which there is no frame left is killed, for a handler would need memory
 * itself. VM asks the kernel for the signal, and the manager of the process
 * decides: VM never waits for PM.
 */
#include <abi/kcall_vm.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#include "servers/vm/page.h"

/* Make the page ready, as the processor wanted it. */
static int
fault_resolve(struct vmproc *p, const struct vm_pagefault_msg *f)
{
	enum access access =
	    (f->error & PF_WRITE) != 0 ? ACCESS_WRITE : ACCESS_READ;

	if ((p->flags & VMF_LOADING) != 0)
		exec_settle(p);
	return page_provide(p, f->addr, access);
}

/* The process cannot go on. */
static void
fault_signal(const struct vmproc *p, const struct vm_pagefault_msg *f,
    int status)
{
	int sig = status == -ENOMEM ? SIGKILL : SIGSEGV;

	if (status == -ENOMEM || (p->flags & VMF_SERVICE) != 0)
		printf("vm: %d: %s: address 0x%x, pc 0x%x\n", p->ep,
		    status == -ENOMEM ? "out of memory" : "bad access", f->addr,
		    f->pc);
	/* It can only fail if the process is gone. */
	(void)sys_kill(p->ep, sig);
}

void
fault_message(const struct message *m)
{
	struct vmproc *p = vmproc_find(m->m_source);
	struct vm_pagefault_msg f;
	int r;

	if (p == NULL || m->m_type != VM_PAGEFAULT)
		return;
	memcpy(&f, m->m_body, sizeof f);
	p->count.faults++;
	r = fault_resolve(p, &f);
	if (r != OK)
		fault_signal(p, &f, r);
	(void)sys_vmctl_clear_pagefault(p->ep); /* it may be gone */
}
