/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Notifications: one bit per sender at the receiver. The message is made when
 * it is delivered, so it tells the state of that moment: interrupts and
 * system signals that came meanwhile are all in it.
 */
#include <lacuna/string.h>

#include "kernel/arch/i386/user.h"
#include "kernel/ipc/parts.h"

void
ipc_build_notification(struct proc *p, const struct proc *from)
{
	struct message *m = &p->delivermsg;
	struct notify_msg body = { .timestamp = clock_uptime };

	if (from->endpoint == HARDWARE) {
		body.irqs = p->priv->irqs;
		p->priv->irqs = 0;
	} else if (from->endpoint == SYSTEM) {
		body.sigset = p->priv->sigset;
		p->priv->sigset = 0;
	}
	words_clear((uint32_t *)m, sizeof(*m) / 4);
	m->m_type = NOTIFY_MESSAGE;
	memcpy(m->m_body, &body, sizeof(body));
}

REGPARM void
ipc_notify(struct proc *from, struct proc *to)
{
	unsigned bit = priv_bit(from->priv);

	if (to->priv->proc != to || from->priv->proc != from ||
	    rts_isset(to, RTS_NO_ENDPOINT))
		return;
	if (ipc_will_receive(to, from->endpoint) &&
	    (to->misc_flags & MF_REPLY_PEND) == 0) {
		ipc_build_notification(to, from);
		ipc_hand_over(to, from, NOTIFY);
		return;
	}
	to->priv->notify_pending[bit / 32] |= 1u << (bit % 32);
	to->misc_flags |= MF_MAIL;
}

void
ipc_notify_signal(struct proc *to, int sig)
{
	if (to->priv->proc != to)
		return;
	to->priv->sigset |= KSIG_BIT(sig);
	ipc_notify(proc_slot(endpoint_slot(SYSTEM)), to);
}
