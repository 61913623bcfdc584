/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The IPC trap: checks that all primitives share, and dispatching.
 */
#include <abi/kcall_vm.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/user.h"
#include "kernel/boot.h"
#include "kernel/ipc/parts.h"
#include "kernel/signal.h"
#include "kernel/switch.h"

/* Note where the caller's message is; it must end below the kernel. */
static inline bool
buffer_note(struct proc *caller, vir_bytes addr)
{
	caller->delivermsg_vir = addr;
	return addr <= KERNEL_BASE - sizeof(struct message);
}

static inline int
call_sendrec(struct proc *caller, struct proc *peer)
{
	int r;

	caller->misc_flags |= MF_REPLY_PEND;
	r = ipc_do_send(caller, peer, SENDREC);
	if (r == OK)
		r = ipc_do_receive(caller, peer);
	if (r != OK)
		caller->misc_flags &= ~(uint32_t)MF_REPLY_PEND;
	return r;
}

static inline __attribute__((always_inline)) int
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
	return ipc_do_receive(caller, peer);
}

static int
call_notify(struct proc *caller, struct proc *peer)
{
	if (rts_isset(peer, RTS_NO_ENDPOINT))
		return -EDEADSRCDST;
	trace_event(TRACE_NOTIFY, caller, peer, 0, 0);
	ipc_notify(caller, peer);
	return OK;
}

/* Primitives with a peer to send to. */
static inline __attribute__((always_inline)) int
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
	if (primitive == NOTIFY)
		return call_notify(caller, peer);
	if (!buffer_note(caller, addr))
		return -EFAULT;
	if (primitive == SENDREC)
		return call_sendrec(caller, peer);
	if (primitive == SEND || primitive == SENDNB)
		return ipc_do_send(caller, peer, primitive);
	return -EBADCALL;
}

static inline __attribute__((always_inline)) int
call(struct proc *caller, uint32_t primitive, uint32_t peer, vir_bytes addr)
{
	counters.ipc_calls++;
	if (primitive == RECEIVE)
		return call_receive(caller, (endpoint_t)peer, addr);
	if (primitive == SENDA)
		return ipc_do_senda(caller, addr, peer);
	return call_peer(caller, primitive, (endpoint_t)peer, addr);
}

/* The debugger wants to see the call before it is made. */
static void
entry_stop(struct proc *caller)
{
	caller->defer[0] = caller->regs.ecx;
	caller->defer[1] = caller->regs.eax;
	caller->defer[2] = caller->regs.ebx;
	caller->misc_flags &= ~(uint32_t)MF_SC_TRACE;
	caller->misc_flags |= MF_SC_DEFER;
	cause_sig(caller, SIGTRAP);
}

/* Debugged processes; false: the call is put off. */
static bool
traced_entry(struct proc *caller)
{
	caller->regs.eflags &= ~EFLAGS_TF;
	if ((caller->misc_flags & MF_SC_TRACE) == 0)
		return true;
	entry_stop(caller);
	return false;
}

REGPARM void
ipc_trap(struct proc *caller)
{
	struct reg_frame *regs = &caller->regs;
	int r;

	if (__builtin_expect(
		(caller->misc_flags & (MF_STEP | MF_SC_TRACE)) != 0, 0) &&
	    !traced_entry(caller))
		switch_to_user();
	r = call(caller, regs->ecx, regs->eax, regs->ebx);
	if (__builtin_expect(r == -EVMSUSPEND, 0))
		regs->eip -= 2; /* the int instruction */
	else
		regs->eax = (uint32_t)r;
	switch_quick();
}

void
ipc_deferred(struct proc *caller)
{
	int r;

	caller->misc_flags &= ~(uint32_t)MF_SC_DEFER;
	caller->misc_flags |= MF_SC_ACTIVE;
	r = call(caller, caller->defer[0], caller->defer[1], caller->defer[2]);
	if (r == -EVMSUSPEND) {
		caller->misc_flags &= ~(uint32_t)MF_SC_ACTIVE;
		caller->misc_flags |= MF_SC_DEFER;
		return;
	}
	caller->regs.eax = (uint32_t)r;
	if (!rts_isset(caller, RTS_SENDING))
		sig_delay_done(caller);
}

bool
ipc_in_transit(const struct proc *p)
{
	return rts_isset(p, RTS_SENDING) || (p->misc_flags & MF_SC_DEFER) != 0;
}
