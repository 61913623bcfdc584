/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: build a signal frame on the stack of a stopped process, so
 * that it calls its handler when it goes on.
 *
 * From the new stack pointer upwards: the frame (return address, three
 * arguments, what the second is about), then the context that sigreturn
 * restores. The process changes only after both are written, since writing may
 * have to wait for VM.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/sigcontext.h"

#define CONTEXT_ALIGN 16u /* the FPU state in it wants that */

/* Is an address on the stack that a message names? */
static bool
is_on(const struct sigmsg *msg, vir_bytes sp)
{
	return sp - msg->sm_stack - 1 < msg->sm_stack_size;
}

/* Where the frame may begin, growing downwards. */
static vir_bytes
top_of(const struct proc *p, const struct sigmsg *msg)
{
	if (msg->sm_stack_size == 0 || is_on(msg, p->regs.esp))
		return p->regs.esp;
	return msg->sm_stack + msg->sm_stack_size;
}

/* What there is to tell of a signal. */
static struct sig_info
describe(const struct proc *p, const struct sigmsg *msg)
{
	struct sig_info info = {
		.signo = msg->sm_signo,
		.code = msg->sm_code,
		.pid = msg->sm_pid,
		.uid = msg->sm_uid,
		.status = msg->sm_status,
	};

	if (info.code == SI_KERNEL && p->fault.sig == info.signo) {
		info.code = p->fault.code;
		info.addr = p->fault.addr;
	}
	return info;
}

int
do_sys_sigsend(struct proc *caller, const struct sys_sigsend_req *req,
    struct sys_sigsend_rep *rep)
{
	const struct sigmsg *msg = &req->msg;
	struct sig_context ctx;
	struct sig_frame frame;
	vir_bytes ctx_addr, sp;
	struct proc *p;
	int r;

	(void)rep;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	if (msg->sm_signo < 1 || msg->sm_signo >= _NSIG)
		return -EINVAL;

	/* A stack pointer near 0 wraps, and the copy then fails. */
	ctx_addr = (top_of(p, msg) - sizeof ctx) & ~(CONTEXT_ALIGN - 1);
	sp = ctx_addr - sizeof frame - sizeof(uint32_t);
	if (msg->sm_stack_size != 0 && !is_on(msg, sp))
		return -ENOMEM;
	frame = (struct sig_frame){
		.ret = msg->sm_sigreturn,
		.sig = msg->sm_signo,
		.info = sp + offsetof(struct sig_frame, described),
		.context = ctx_addr,
		.described = describe(p, msg),
	};
	r = copy_to_user(caller, place_in(p, sp), &frame, sizeof frame);
	if (r != OK)
		return r;
	sigcontext_save(p, msg->sm_mask, &ctx);
	if (msg->sm_result != 0)
		ctx.regs.eax = (uint32_t)msg->sm_result;
	r = copy_to_user(caller, place_in(p, ctx_addr), &ctx, sizeof ctx);
	if (r != OK)
		return r;
	if (frame.described.addr != 0)
		p->fault.sig = 0;
	sigcontext_enter(p, msg->sm_sighandler, sp);
	return OK;
}
