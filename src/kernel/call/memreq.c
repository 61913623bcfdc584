/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: the next memory request that VM has not seen.
 */
#include "kernel/call/call.h"

int
do_sys_memreq(struct proc *caller, const struct sys_memreq_req *req,
    struct sys_memreq_rep *rep)
{
	struct proc *p = vmreq_fetch();

	(void)caller, (void)req;
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
