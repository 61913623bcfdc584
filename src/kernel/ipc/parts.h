/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the files of IPC have among themselves. The caller's buffer is at its
 * delivermsg_vir, which has been checked. The primitives return the
 * status for the caller's result register, or -EVMSUSPEND when the trap will
 * be repeated because the message was not in memory.
 */
#pragma once

#include <abi/errno.h>

#include "kernel/ipc/ipc.h"
#include "kernel/priv.h"
#include "kernel/sched.h"
#include "kernel/trace.h"

/**
 * Send the message in the caller's buffer to a process that is not waiting
 * for it: block, unless that would be a deadlock.
 * @param[in] primitive  SEND or SENDREC; SENDNB: do not block
 */
REGPARM int ipc_send_wait(struct proc *caller, struct proc *dst,
    uint32_t primitive);

/**
 * Receive into the caller's buffer, looking at all that may be there.
 * @param[in] src  NULL: from anybody
 */
REGPARM int ipc_receive_any_kind(struct proc *caller, struct proc *src);

/** Take over a table of asynchronous sends. */
int ipc_do_senda(struct proc *caller, vir_bytes table, uint32_t entries);

/**
 * Take a message for a receiver out of the tables of asynchronous sends.
 * @param[in] src  NULL: of anybody
 * @return true: a message is in its delivery buffer
 */
bool ipc_async_take(struct proc *receiver, struct proc *src);

/** Complete all entries for victim in all tables with -EDEADSRCDST. */
void ipc_async_fail(struct proc *victim);

/** The walk of ipc_deadlock(). */
int ipc_deadlock_walk(const struct proc *caller, const struct proc *peer,
    bool sending);

/**
 * Would it be a deadlock if caller blocked on peer?
 *
 * @param[in] sending  it is about to wait for peer to receive, else to send
 *
 * @retval OK        no
 * @retval -ELOCKED  peer waits, perhaps through others, for caller
 */
static inline int
ipc_deadlock(const struct proc *caller, const struct proc *peer, bool sending)
{
	if (!rts_isset(peer, RTS_SENDING | RTS_RECEIVING))
		return OK;
	return ipc_deadlock_walk(caller, peer, sending);
}

/** Build the notification of a sender for p, whose marks it takes. */
void ipc_build_notification(struct proc *p, const struct proc *from);

/** Is p waiting for a message that may come from ep? */
INLINE bool
ipc_will_receive(const struct proc *p, endpoint_t ep)
{
	const uint32_t mask = RTS_RECEIVING | RTS_SENDING | RTS_NO_ENDPOINT;

	return (p->rts_flags & mask) == RTS_RECEIVING &&
	    (p->getfrom == ANY || p->getfrom == ep);
}

/** The delivery buffer of p holds a message: let p run and take it. */
INLINE void
ipc_deliver(struct proc *p, struct proc *from, uint32_t status)
{
	p->delivermsg.m_source = from->endpoint;
	p->deliver_status = status;
	p->misc_flags =
	    (p->misc_flags & ~(uint32_t)MF_REPLY_PEND) | MF_DELIVERMSG;
	trace_event(TRACE_DELIVER, from, p, (uint32_t)p->delivermsg.m_type,
	    (int)(status & 0x3f));
	if (p->rts_flags == 0)
		return;
	p->rts_flags &= ~(uint32_t)RTS_RECEIVING;
	if (p->rts_flags == 0)
		sched_enqueue_quick(p);
}

/** Append a sender to the queue of whom it sends to. */
static inline void
ipc_queue_append(struct proc *dst, struct proc *sender)
{
	sender->queue_next = NULL;
	if (dst->queue_head == NULL)
		dst->queue_head = sender;
	else
		dst->queue_tail->queue_next = sender;
	dst->queue_tail = sender;
}

/** Take a sender, whose predecessor is prev (NULL: it is first), out. */
static inline void
ipc_queue_remove(struct proc *dst, struct proc *prev, struct proc *sender)
{
	if (prev == NULL)
		dst->queue_head = sender->queue_next;
	else
		prev->queue_next = sender->queue_next;
	if (dst->queue_tail == sender)
		dst->queue_tail = prev;
	sender->queue_next = NULL;
}
