/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: VM's answer to a memory request, and the next request that it
 * has not seen.
 */
#include "kernel/call/call.h"

int
do_sys_memreq(struct proc *caller, const struct sys_memreq_req *req,
    struct sys_memreq_rep *rep)
{
	struct proc *p = proc_lookup(req->requestor);

	(void)caller;
	if (p != NULL)
		(void)vmreq_answer(p, req->status); /* it may have given up */
	p = vmreq_fetch();
	if (p == NULL)
		return -ESRCH;
	rep->kind = p->vmreq.kind;
	rep->requestor = p->endpoint;
	rep->target = p->vmreq.target;
	rep->start = p->vmreq.start;
	rep->length = p->vmreq.length;
	rep->write = p->vmreq.write;
	rep->source = p->vmreq.source;
	rep->source_addr = p->vmreq.source_addr;
	return OK;
}
