/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The death of a peer: nobody stays blocked on it, and none of its messages
 * arrives after it.
 */
#include "kernel/ipc/parts.h"
#include "kernel/signal.h"

/* Take a blocked sender out of the queue it is in. */
static void
queue_leave(struct proc *p)
{
	struct proc *dst = proc_lookup(p->sendto), *prev = NULL, *q;

	if (dst == NULL)
		return;
	for (q = dst->queue_head; q != NULL; prev = q, q = q->queue_next) {
		if (q == p) {
			ipc_queue_remove(dst, prev, p);
			return;
		}
	}
}

/* End p's IPC call with an error. */
static void
call_fail(struct proc *p)
{
	if (rts_isset(p, RTS_SENDING)) {
		queue_leave(p);
		sig_delay_done(p);
	}
	p->misc_flags &= ~(uint32_t)(MF_REPLY_PEND | MF_FROM_KERNEL);
	p->regs.eax = (uint32_t)-EDEADSRCDST;
	rts_clear(p, RTS_SENDING | RTS_RECEIVING);
}

/* Nothing that victim has sent without blocking is to arrive any more. */
static void
marks_clear(struct proc *p, const struct proc *victim)
{
	unsigned bit = priv_bit(victim->priv);
	uint32_t mask = ~(1u << (bit % 32));

	if (victim->priv->proc != victim)
		return;
	p->asyn_pending[bit / 32] &= mask;
	if (p->priv->proc == p)
		p->priv->notify_pending[bit / 32] &= mask;
}

void
ipc_clear_refs(struct proc *victim)
{
	for (int i = 0; i < NR_PROCS; i++) {
		struct proc *p = proc_slot(i);

		if (proc_is_free(p) || p == victim)
			continue;
		marks_clear(p, victim);
		if (rts_isset(p, RTS_SENDING)) {
			if (p->sendto == victim->endpoint)
				call_fail(p);
		} else if (rts_isset(p, RTS_RECEIVING)) {
			if (p->getfrom == victim->endpoint)
				call_fail(p);
		}
	}
	ipc_async_fail(victim);
}

void
ipc_remove(struct proc *victim)
{
	rts_set(victim, RTS_NO_ENDPOINT);
	if (victim->priv->proc == victim)
		victim->priv->asyn_size = 0;
	if (rts_isset(victim, RTS_SENDING))
		queue_leave(victim);
	victim->misc_flags &= ~(uint32_t)(MF_REPLY_PEND | MF_FROM_KERNEL |
	    MF_SIG_DELAY | MF_DELIVERMSG | MF_SC_DEFER);
	rts_clear(victim, RTS_SENDING | RTS_RECEIVING);
	ipc_clear_refs(victim);
}
