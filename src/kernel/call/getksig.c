/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: which process has signals that its manager, the caller, has
 * not fetched? It stays blocked (SIG_PENDING) until endksig.
 */
#include "kernel/call/call.h"

#include "kernel/sched.h"
#include "kernel/signal.h"

int
do_sys_getksig(struct proc *caller, const struct sys_getksig_req *req,
    struct sys_getksig_rep *rep)
{
	struct proc *p;
	ksigset_t set;
	int slot;

	(void)req;
	rep->ep = NONE;
	rep->set = 0;
	for (slot = 0; slot < NR_PROCS; slot++) {
		p = proc_slot(slot);
		if (proc_is_free(p) || !rts_isset(p, RTS_SIGNALED))
			continue;
		set = p->pending & sig_managed(p, caller);
		if (set == 0)
			continue;
		rep->ep = p->endpoint;
		rep->set = set;
		p->pending &= ~set;
		if (p->pending == 0)
			rts_clear(p, RTS_SIGNALED);
		break;
	}
	return OK;
}
