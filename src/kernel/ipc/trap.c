/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The IPC trap: checks that all primitives share, and dispatching.
 */
#include <abi/kcall_vm.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/user.h"
#include "kernel/counters.h"
#include "kernel/ipc/parts.h"
#include "kernel/ipc/tracing.h"
#include "kernel/switch.h"

/* Note where the caller's message is; it must end below the kernel. */
INLINE bool
buffer_note(struct proc *caller, vir_bytes addr)
{
	caller->delivermsg_vir = addr;
	return addr <= KERNEL_BASE - sizeof(struct message);
}

/* Hand the message over at once if peer waits for it. */
INLINE int
send_message(struct proc *caller, struct proc *peer, uint32_t primitive)
{
	if (!ipc_will_receive(peer, caller->endpoint))
		return ipc_send_wait(caller, peer, primitive);
	if (!user_read_message(&peer->delivermsg, caller->delivermsg_vir))
		return vmreq_trap_fault(caller);
	ipc_hand_over(peer, caller, primitive);
	return OK;
}

/* Block at once if it is plain that nothing is there. */
INLINE int
receive_message(struct proc *caller, struct proc *peer)
{
	const uint32_t look =
	    RTS_SENDING | RTS_RECEIVING | RTS_NO_ENDPOINT; /* at peer */

	if (caller->rts_flags != 0 || (caller->misc_flags & MF_MAIL) != 0 ||
	    caller->queue_head != NULL ||
	    (peer != NULL && rts_isset(peer, look)))
		return ipc_receive_any_kind(caller, peer);
	caller->getfrom = peer != NULL ? peer->endpoint : ANY;
	caller->rts_flags = RTS_RECEIVING;
	sched_dequeue(caller);
	return OK;
}

INLINE int
call_sendrec(struct proc *caller, struct proc *peer)
{
	int r;

	caller->misc_flags |= MF_REPLY_PEND;
	r = send_message(caller, peer, SENDREC);
	if (r == OK)
		r = receive_message(caller, peer);
	if (r != OK)
		caller->misc_flags &= ~(uint32_t)MF_REPLY_PEND;
	return r;
}

INLINE int
call_receive(struct proc *caller, endpoint_t from, vir_bytes addr)
{
	struct proc *peer = NULL;

	if (!priv_may_trap(caller->priv, RECEIVE))
		return -ETRAPDENIED;
	if (!buffer_note(caller, addr))
		return -EFAULT;
	if (from != ANY) {
		peer = proc_lookup(from);
		if (peer == NULL)
			return -EDEADSRCDST;
	}
	caller->misc_flags &= ~(uint32_t)MF_REPLY_PEND;
	return receive_message(caller, peer);
}

/* Primitives with a peer to send to. */
INLINE int
call_peer(struct proc *caller, uint32_t primitive, endpoint_t to,
    vir_bytes addr)
{
	struct proc *peer;

	peer = proc_lookup(to);
	if (peer == NULL)
		return to == ANY ? -EINVAL : -EDEADSRCDST;
	if (!priv_may_send(caller->priv, peer->priv))
		return -ECALLDENIED;
	if (!priv_may_trap(caller->priv, primitive))
		return -ETRAPDENIED;
	bit_set(caller->priv->sent, priv_bit(peer->priv));
	if (primitive == NOTIFY) {
		ipc_notify(caller, peer);
		return rts_isset(peer, RTS_NO_ENDPOINT) ? -EDEADSRCDST : OK;
	}
	if (!buffer_note(caller, addr))
		return -EFAULT;
	if (primitive == SENDREC)
		return call_sendrec(caller, peer);
	if (primitive == SEND || primitive == SENDNB)
		return send_message(caller, peer, primitive);
	return -EBADCALL;
}

INLINE int
call(struct proc *caller, uint32_t primitive, uint32_t peer, vir_bytes addr)
{
	counters.ipc_calls++;
	if (primitive == RECEIVE)
		return call_receive(caller, (endpoint_t)peer, addr);
	if (primitive == SENDA)
		return ipc_do_senda(caller, addr, peer);
	return call_peer(caller, primitive, (endpoint_t)peer, addr);
}

/* Make a call and put its status where the caller finds it. False: the caller
 * has to trap once more. */
INLINE bool
call_finish(struct proc *caller)
{
	struct reg_frame *regs = &caller->regs;
	int r = call(caller, regs->ecx, regs->eax, regs->ebx);

	if (__builtin_expect(r == -EVMSUSPEND, 0)) {
		regs->eip -= 2; /* the int instruction */
		return false;
	}
	regs->eax = (uint32_t)r;
	return true;
}

/* Make a call and tell the IPC trace of it; false: as call_finish(). */
static bool
call_trace(struct proc *caller)
{
	const struct reg_frame *regs = &caller->regs;
	struct proc *peer = proc_lookup((endpoint_t)regs->eax);
	struct message m = { .m_type = 0 };
	bool made;
	int r;

	if (regs->ecx == SEND || regs->ecx == SENDREC || regs->ecx == SENDNB)
		if (buffer_note(caller, regs->ebx))
			(void)user_read_message(&m, regs->ebx); /* or 0 */
	made = call_finish(caller);
	r = (int)regs->eax;
	peer = peer != NULL ? peer : caller;
	if (regs->ecx < SENDA && regs->ecx != RECEIVE)
		trace_write((enum trace_kind)regs->ecx, caller, peer,
		    (uint32_t)m.m_type, r);
	if (rts_isset(caller, RTS_RECEIVING))
		trace_write(TRACE_RECEIVE, caller, peer, 0, 0);
	return made;
}

/* The trap with all that may be unusual about caller or system. */
static _Noreturn void
trap_unusual(struct proc *caller)
{
	if ((caller->misc_flags & MF_STEP) != 0)
		caller->regs.eflags &= ~EFLAGS_TF;
	if ((caller->misc_flags & MF_SC_TRACE) != 0)
		tracing_entry(caller);
	else if (trace_on ? call_trace(caller) : call_finish(caller))
		tracing_stepped(caller);
	switch_to_user();
}

REGPARM void
ipc_trap(struct proc *caller)
{
	if (__builtin_expect(sched_unusual ||
		    (caller->misc_flags & (MF_STEP | MF_SC_TRACE)) != 0,
		0))
		trap_unusual(caller);
	(void)call_finish(caller); /* the process traps again by itself */
	switch_quick();
}

int
ipc_call(struct proc *caller, uint32_t primitive, uint32_t peer, vir_bytes addr)
{
	return call(caller, primitive, peer, addr);
}

bool
ipc_in_transit(const struct proc *p)
{
	return rts_isset(p, RTS_SENDING) || (p->misc_flags & MF_SC_DEFER) != 0;
}
