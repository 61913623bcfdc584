/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Sending. A receiver that waits gets the message into its delivery buffer; a
 * sender that has to wait keeps it in a buffer of its own in the kernel, so
 * that it may be unloaded or changed meanwhile.
 */
#include "kernel/arch/i386/user.h"
#include "kernel/ipc/parts.h"
#include "kernel/vmreq.h"

REGPARM int
ipc_send_wait(struct proc *caller, struct proc *dst, uint32_t primitive)
{
	int r;

	if (rts_isset(dst, RTS_NO_ENDPOINT))
		return -EDEADSRCDST;
	if (primitive == SENDNB)
		return -ENOTREADY;
	r = ipc_deadlock(caller, dst, true);
	if (r != OK)
		return r;
	if (!user_read_message(&caller->sendmsg, caller->delivermsg_vir))
		return vmreq_trap_fault(caller);
	caller->sendto = dst->endpoint;
	rts_set(caller, RTS_SENDING);
	ipc_queue_append(dst, caller);
	return OK;
}

void
ipc_send_kernel(struct proc *from, struct proc *to, const struct message *m)
{
	trace_event(TRACE_SEND, from, to, (uint32_t)m->m_type, 0);
	if (ipc_will_receive(to, from->endpoint)) {
		to->delivermsg = *m;
		ipc_hand_over(to, from, SEND | IPC_FLG_MSG_FROM_KERNEL);
		return;
	}
	from->sendmsg = *m;
	from->sendto = to->endpoint;
	from->misc_flags |= MF_FROM_KERNEL;
	rts_set(from, RTS_SENDING);
	ipc_queue_append(to, from);
}
