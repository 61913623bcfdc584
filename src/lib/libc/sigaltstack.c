/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sigaltstack: another stack for handlers with SA_ONSTACK. PM keeps it; the
 * kernel uses it, and sees by the stack pointer whether the process is on it.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <signal.h>

#include <proto/pm.h>

int
sigaltstack(const stack_t *new, stack_t *old)
{
	struct pm_sigaltstack_req req = { .sp = (vir_bytes)&req };
	struct pm_sigaltstack_rep rep;
	int r;

	if (new != NULL) {
		if ((new->ss_flags & ~SS_DISABLE) != 0)
			return errno_return(-EINVAL);
		req.set = 1;
		req.stack = (vir_bytes) new->ss_sp;
		req.size = new->ss_size;
		if (new->ss_flags & SS_DISABLE)
			req.size = 0;
		else if (new->ss_size < MINSIGSTKSZ)
			return errno_return(-ENOMEM);
	}
	r = msg_call(PM_PROC_NR, PM_SIGALTSTACK, &req, sizeof req, &rep,
	    sizeof rep);
	if (r == OK && old != NULL) {
		old->ss_sp = (void *)rep.stack;
		old->ss_size = rep.size;
		old->ss_flags = rep.size == 0 ? SS_DISABLE
		    : rep.active              ? SS_ONSTACK
					      : 0;
	}
	return errno_return(r);
}
