/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory requests of the kernel. A kernel call has met a page that is not
 * ready; it waits, and goes on with the status it gets from here.
 */
#include <lacuna/syslib.h>

#include "servers/vm/page.h"

/* Make a range of the target ready for the kernel. */
static int
memreq_check(const struct sys_memreq_rep *q)
{
	struct vmproc *p = vmproc_find(q->target);
	enum access access = q->write != 0 ? ACCESS_WRITE : ACCESS_READ;

	if (p == NULL || p->ep == VM_PROC_NR)
		return -EFAULT;
	if (q->write == MEMREQ_FORCE)
		access = ACCESS_FORCE;
	return page_provide_range(p, q->start, q->length, access);
}

/* Do what a request wants; its status. */
static int
memreq_serve(const struct sys_memreq_rep *q)
{
	if (q->kind == MEMREQ_CHECK)
		return memreq_check(q);
	return -ENOSYS;
}

void
memreq_signal(int signo)
{
	struct sys_memreq_rep q;

	if (signo != SIGKMEM)
		return;
	while (sys_memreq(&q) == OK)
		/* It can only fail if the requestor is gone. */
		(void)sys_vmctl_memreq_reply(q.requestor, memreq_serve(&q));
}
