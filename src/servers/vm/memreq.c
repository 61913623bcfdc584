/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory requests of the kernel: a kernel call has met a page that is not
 * ready, or wants pages to be copied or shared. It waits, and goes on with the
 * status it gets from here.
 */
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#include "servers/vm/cowrun.h"
#include "servers/vm/page.h"
#include "servers/vm/smap.h"

/* Whether this is a process whose memory we may touch; the kernel has not
 * looked whether it lives since it was asked. */
static bool
has_memory(const struct vmproc *p)
{
	return p != NULL && p->ep != VM_PROC_NR;
}

/* The kernel is refused memory that a process has: the cause is here. */
static void
tell_refusal(const struct vmproc *p, const struct sys_memreq_rep *q, int status)
{
	printf("vm: fault of %d: %s 0x%x by the kernel: permitted, but "
	       "page_provide answers %d\n",
	    p->ep, q->write != 0 ? "write to" : "read of", q->start, status);
}

/* Make a range of the target ready for the kernel. */
static int
memreq_check(const struct sys_memreq_rep *q)
{
	struct vmproc *p = vmproc_find(q->target);
	enum access access = q->write != 0 ? ACCESS_WRITE : ACCESS_READ;
	int r;

	if (!has_memory(p))
		return -EFAULT;
	if (q->write == MEMREQ_FORCE)
		access = ACCESS_FORCE;
	r = page_provide_range(p, q->start, q->length, access);
	if (r == -EFAULT && q->start < q->start + q->length &&
	    page_permitted(p, q->start, q->start + q->length, access) == OK)
		tell_refusal(p, q, r);
	return r;
}

/* Copy pages of the source to the target. */
static int
memreq_cowmap(const struct sys_memreq_rep *q)
{
	struct cow_copy copy = { vmproc_find(q->source), vmproc_find(q->target),
		q->source_addr, q->start, q->length };

	if (!has_memory(copy.from) || !has_memory(copy.to))
		return -EFAULT;
	return cow_run(&copy);
}

/* Let the target look at memory of the source. */
static int
memreq_smap(const struct sys_memreq_rep *q)
{
	struct smap_window w = { vmproc_find(q->target), vmproc_find(q->source),
		q->start, q->source_addr, q->length, q->write != 0 };

	if (!has_memory(w.grantee) || !has_memory(w.owner))
		return -EFAULT;
	return smap_map(&w);
}

/* End that. Who has died has no window any more. */
static int
memreq_sunmap(const struct sys_memreq_rep *q)
{
	struct vmproc *p = vmproc_find(q->target);

	return has_memory(p) ? smap_unmap(p, q->start, q->length) : OK;
}

/* Do what a request wants; its status. */
static int
memreq_serve(const struct sys_memreq_rep *q)
{
	switch (q->kind) {
	case MEMREQ_CHECK:
		return memreq_check(q);
	case MEMREQ_COWMAP:
		return memreq_cowmap(q);
	case MEMREQ_SMAP:
		return memreq_smap(q);
	case MEMREQ_SUNMAP:
		return memreq_sunmap(q);
	default:
		return -ENOSYS;
	}
}

void
memreq_signal(int signo)
{
	struct sys_memreq_rep q = { .requestor = NONE };
	int status = OK;

	if (signo != SIGKMEM)
		return;
	while (sys_memreq(q.requestor, status, &q) == OK)
		status = memreq_serve(&q);
}
