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

#define FAULTS_TELL 1000 /* equal faults in succession */

/* As the processor wanted it. */
static enum access
access_of(const struct vm_pagefault_msg *f)
{
	return (f->error & PF_WRITE) != 0 ? ACCESS_WRITE : ACCESS_READ;
}

/* Make the page ready, as the processor wanted it. */
static int
fault_resolve(struct vmproc *p, const struct vm_pagefault_msg *f)
{
	if ((p->flags & VMF_LOADING) != 0)
		exec_settle(p);
	return page_provide(p, f->addr, access_of(f));
}

/* Say who faulted on what, and what came of it. */
static void
fault_tell(const struct vmproc *p, const struct vm_pagefault_msg *f,
    const char *how, int status)
{
	printf("vm: fault of %d: %s 0x%x at pc 0x%x: %s %d\n", p->ep,
	    access_of(f) == ACCESS_WRITE ? "write to" : "read of", f->addr,
	    f->pc, how, status);
}

/* Is a refusal worth telling? A program's own mistake is told by its shell;
 * the end of a service or of init, and what VM should have been able to do,
 * by VM. */
static bool
is_news(const struct vmproc *p, const struct vm_pagefault_msg *f, int status)
{
	return status != -EFAULT || (p->flags & VMF_SERVICE) != 0 ||
	    p->ep == INIT_PROC_NR ||
	    page_permitted(p, f->addr, f->addr + 1, access_of(f)) == OK;
}

/* The process cannot go on. */
static void
fault_signal(const struct vmproc *p, const struct vm_pagefault_msg *f,
    int status)
{
	if (is_news(p, f, status))
		fault_tell(p, f,
		    status == -ENOMEM       ? "out of memory"
			: status == -EFAULT ? "bad access"
					    : "refused",
		    status);
	/* It can only fail if the process is gone. */
	(void)sys_kill(p->ep, status == -ENOMEM ? SIGKILL : SIGSEGV);
}

/* A page that was made ready, and was not: the process faults again. */
static void
fault_count(struct vmproc *p, const struct vm_pagefault_msg *f)
{
	if (f->addr != p->fault_addr || f->pc != p->fault_pc) {
		p->fault_addr = f->addr;
		p->fault_pc = f->pc;
		p->fault_times = 0;
	}
	if (++p->fault_times == FAULTS_TELL)
		fault_tell(p, f, "again and again, though", OK);
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
	fault_count(p, &f);
	r = fault_resolve(p, &f);
	if (r != OK)
		fault_signal(p, &f, r);
	(void)sys_vmctl_clear_pagefault(p->ep); /* it may be gone */
}
