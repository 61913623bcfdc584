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

/* The message buffer must end below the kernel. */
static inline bool
buffer_ok(vir_bytes addr)
{
	return addr <= KERNEL_BASE - sizeof(struct message);
}

static int
call_sendrec(struct proc *caller, struct proc *peer, vir_bytes addr)
{
	struct sending how = { SENDREC, addr };
	int r;

	if (!buffer_ok(addr))
		return -EFAULT;
	caller->misc_flags |= MF_REPLY_PEND;
	r = ipc_do_send(caller, peer, how);
	if (r == OK)
		r = ipc_do_receive(caller, peer, addr);
	if (r != OK)
		caller->misc_flags &= ~(uint32_t)MF_REPLY_PEND;
	return r;
}

static int
call_receive(struct proc *caller, endpoint_t from, vir_bytes addr)
{
	struct proc *peer = NULL;

	if ((caller->priv->spec.trap_mask & TRAP_BIT(RECEIVE)) == 0)
		return -ETRAPDENIED;
	if (!buffer_ok(addr))
		return -EFAULT;
	if (from != ANY) {
		peer = proc_lookup(from);
		if (peer == NULL)
			return -EDEADSRCDST;
	}
	caller->misc_flags &= ~(uint32_t)MF_REPLY_PEND;
	return ipc_do_receive(caller, peer, addr);
}

static int
call_send(struct proc *caller, struct proc *peer, struct sending how)
{
	if (!buffer_ok(how.addr))
		return -EFAULT;
	return ipc_do_send(caller, peer, how);
}

/* Primitives with a peer to send to. */
static int
call_peer(struct proc *caller, uint32_t primitive, endpoint_t to,
    vir_bytes addr)
{
	struct sending how = { (int)primitive, addr };
	struct proc *peer;

	if (to == ANY)
		return -EINVAL;
	peer = proc_lookup(to);
	if (peer == NULL)
		return -EDEADSRCDST;
	if (!priv_may_send(caller->priv, peer->priv))
		return -ECALLDENIED;
	if (primitive > 31 ||
	    (caller->priv->spec.trap_mask & TRAP_BIT(primitive)) == 0)
		return -ETRAPDENIED;
	if (primitive == SENDREC)
		return call_sendrec(caller, peer, addr);
	if (primitive == SEND || primitive == SENDNB)
		return call_send(caller, peer, how);
	if (primitive != NOTIFY)
		return -EBADCALL;
	if (rts_isset(peer, RTS_NO_ENDPOINT))
		return -EDEADSRCDST;
	trace_event(TRACE_NOTIFY, caller, peer, 0, 0);
	ipc_notify(caller, peer);
	return OK;
}

static inline int
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

void
ipc_trap(struct proc *caller)
{
	int r;

	if ((caller->misc_flags & (MF_STEP | MF_SC_TRACE)) != 0) {
		caller->regs.eflags &= ~EFLAGS_TF;
		if ((caller->misc_flags & MF_SC_TRACE) != 0) {
			entry_stop(caller);
			return;
		}
	}
	r = call(caller, caller->regs.ecx, caller->regs.eax, caller->regs.ebx);
	if (r == -EVMSUSPEND)
		caller->regs.eip -= 2; /* the int instruction */
	else
		caller->regs.eax = (uint32_t)r;
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
