/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: undo a signal frame. The process is inside a request to PM, to
 * which there is no reply: it would change the restored registers, and its
 * buffer is on the stack where the frame of the next signal may already be.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/sigcontext.h"
#include "kernel/ipc/ipc.h"

int
do_sys_sigreturn(struct proc *caller, const struct sys_sigreturn_req *req,
    struct sys_sigreturn_rep *rep)
{
	struct sig_context ctx;
	struct proc *p;
	int r;

	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	r = copy_from_user(caller, place_in(p, req->context), &ctx, sizeof ctx);
	if (r != OK)
		return r;
	sigcontext_restore(p, &ctx);
	ipc_abort_receive(p);
	rep->mask = ctx.mask;
	return OK;
}
