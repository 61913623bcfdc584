/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the files of IPC have among themselves: helpers that all primitives
 * use.
 */
#pragma once

#include <abi/errno.h>

#include "kernel/ipc/ipc.h"
#include "kernel/ipc/primitives.h"
#include "kernel/priv.h"
#include "kernel/sched.h"
#include "kernel/trace.h"

/**
 * The walk of ipc_deadlock(), which see.
 *
 * @param[in] caller, peer, sending  as there
 * @return OK or -ELOCKED
 * @source own design, after MINIX 3
 */
int ipc_deadlock_walk(const struct proc *caller, const struct proc *peer,
    bool sending);

/**
 * Would it be a deadlock if a process blocked on another?
 *
 * @param[in] caller   is about to block
 * @param[in] peer     on whom
 * @param[in] sending  it waits for peer to receive, else to send
 *
 * @retval OK        no
 * @retval -ELOCKED  peer waits, perhaps through others, for caller
 * @source own design, after MINIX 3
 */
static inline int
ipc_deadlock(const struct proc *caller, const struct proc *peer, bool sending)
{
	if (!rts_isset(peer, RTS_SENDING | RTS_RECEIVING))
		return OK;
	return ipc_deadlock_walk(caller, peer, sending);
}

/**
 * Make a call as if the process had trapped for it just now.
 *
 * @param[in,out] caller     the active process
 * @param[in]     primitive  SEND, ...; anything
 * @param[in]     peer       endpoint, or entries of a table; anything
 * @param[in]     addr       its message or table; anything
 * @return the status for its result register, or -EVMSUSPEND: once more, when
 *         VM has answered
 * @source own design, after MINIX 3
 */
int ipc_call(struct proc *caller, uint32_t primitive, uint32_t peer,
    vir_bytes addr);

/**
 * Build a notification in a process's delivery buffer.
 *
 * @param[in,out] p     receiver, whose pending interrupts or signals it takes
 * @param[in]     from  sender
 * @source own design, after MINIX 3
 */
void ipc_build_notification(struct proc *p, const struct proc *from);

/** Is p waiting for a message that may come from ep? */
INLINE bool
ipc_will_receive(const struct proc *p, endpoint_t ep)
{
	const uint32_t mask = RTS_RECEIVING | RTS_SENDING | RTS_NO_ENDPOINT;

	return (p->rts_flags & mask) == RTS_RECEIVING &&
	    (p->getfrom == ANY || p->getfrom == ep);
}

/** The delivery buffer of p holds a message from a process: p is to get it
 * before it runs. */
INLINE void
ipc_deliver(struct proc *p, const struct proc *from, uint32_t status)
{
	p->delivermsg.m_source = from->endpoint;
	p->deliver_status = status;
	p->misc_flags =
	    (p->misc_flags & ~(uint32_t)MF_REPLY_PEND) | MF_DELIVERMSG;
}

/** The same for a p that waits for it: p need not wait any longer. */
INLINE void
ipc_hand_over(struct proc *p, const struct proc *from, uint32_t status)
{
	ipc_deliver(p, from, status);
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
