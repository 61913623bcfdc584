/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Receiving: pending notifications first, then asynchronous messages, then
 * blocked senders in the order they came. While a process waits for the reply
 * of a SENDREC, notifications stay pending.
 */
#include <lacuna/string.h>

#include "kernel/ipc/parts.h"
#include "kernel/signal.h"

/* The lowest sender with a pending notification; NULL: none. */
static struct priv *
notification_first(const struct priv *priv)
{
	for (unsigned w = 0; w < PRIV_MAP_WORDS; w++)
		if (priv->notify_pending[w] != 0)
			return &priv_table[32 * w +
			    (unsigned)__builtin_ctz(priv->notify_pending[w])];
	return NULL;
}

static bool
notification_take(struct proc *caller, const struct proc *src)
{
	struct priv *priv = caller->priv, *from;
	unsigned bit;

	if (priv->proc != caller)
		return false;
	from = src != NULL ? src->priv : notification_first(priv);
	if (from == NULL || from->proc == NULL)
		return false;
	bit = priv_bit(from);
	if ((priv->notify_pending[bit / 32] >> (bit % 32) & 1) == 0)
		return false;
	priv->notify_pending[bit / 32] &= ~(1u << (bit % 32));
	ipc_build_notification(caller, from->proc);
	ipc_deliver(caller, from->proc, NOTIFY);
	return true;
}

/* Take the message of a blocked sender, which may run again. */
static void
sender_take(struct proc *caller, struct proc *prev, struct proc *sender)
{
	uint32_t status = SEND;

	ipc_queue_remove(caller, prev, sender);
	caller->delivermsg = sender->sendmsg;
	if ((sender->misc_flags & MF_FROM_KERNEL) != 0)
		status |= IPC_FLG_MSG_FROM_KERNEL;
	else if ((sender->misc_flags & MF_REPLY_PEND) != 0)
		status = SENDREC;
	sender->misc_flags &= ~(uint32_t)MF_FROM_KERNEL;
	ipc_deliver(caller, sender, status);
	sig_delay_done(sender);
	rts_clear(sender, RTS_SENDING);
}

static bool
queue_take(struct proc *caller, const struct proc *src)
{
	struct proc *prev = NULL, *p;

	for (p = caller->queue_head; p != NULL; prev = p, p = p->queue_next) {
		if (src != NULL && p != src)
			continue;
		sender_take(caller, prev, p);
		return true;
	}
	return false;
}

/* Clear MF_MAIL when nothing is pending any more. */
static void
mail_check(struct proc *p)
{
	const struct priv *priv = p->priv;
	uint32_t mail = 0;

	for (unsigned w = 0; w < ASYN_MAP_WORDS; w++) {
		mail |= p->asyn_pending[w];
		if (priv->proc == p)
			mail |= priv->notify_pending[w];
	}
	if (mail == 0)
		p->misc_flags &= ~(uint32_t)MF_MAIL;
}

/* Take a notification or an asynchronous message. */
static bool
mail_take(struct proc *caller, struct proc *src)
{
	mail_check(caller);
	if ((caller->misc_flags & MF_MAIL) == 0)
		return false;
	if ((caller->misc_flags & MF_REPLY_PEND) == 0 &&
	    notification_take(caller, src))
		return true;
	return ipc_async_take(caller, src);
}

REGPARM int
ipc_receive_any_kind(struct proc *caller, struct proc *src)
{
	int r;

	if (!rts_isset(caller, RTS_SENDING)) {
		if ((caller->misc_flags & MF_MAIL) != 0 &&
		    mail_take(caller, src))
			return OK;
		if (caller->queue_head != NULL && queue_take(caller, src))
			return OK;
		if (src != NULL) {
			if (rts_isset(src, RTS_NO_ENDPOINT))
				return -EDEADSRCDST;
			r = ipc_deadlock(caller, src, false);
			if (r != OK)
				return r;
		}
	}
	caller->getfrom = src != NULL ? src->endpoint : ANY;
	rts_set(caller, RTS_RECEIVING);
	return OK;
}

void
ipc_abort_receive(struct proc *p)
{
	p->misc_flags &= ~(uint32_t)(MF_DELIVERMSG | MF_REPLY_PEND);
	rts_clear(p, RTS_RECEIVING);
}
