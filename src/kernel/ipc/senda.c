/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Asynchronous sends. The table stays in the sender's memory. The kernel looks
 * through it when it is handed over, and again whenever a receiver that has
 * mail in it (its asyn_pending bit is set) receives. Each entry has its own
 * result. A table that cannot be read or written is forgotten; a message that
 * was delivered stays delivered.
 */
#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/user.h"
#include "kernel/ipc/parts.h"
#include "kernel/vmcopy.h"
#include "kernel/vmreq.h"

#define AMF_KNOWN                                                              \
	(AMF_VALID | AMF_DONE | AMF_NOTIFY | AMF_NOREPLY | AMF_NOTIFY_ERR)

/* An entry without its message. */
struct head {
	uint32_t flags;
	endpoint_t dst;
	int32_t result;
};

_Static_assert(offsetof(struct asynmsg, msg) == sizeof(struct head), "head");

/* Where an entry is. */
struct entry {
	struct proc *sender;
	vir_bytes addr;
	struct head head;
};

static bool
entry_read(struct entry *e, struct proc *sender, uint32_t index)
{
	e->sender = sender;
	e->addr = sender->priv->asyn_table + index * sizeof(struct asynmsg);
	return data_copy(NULL, place_in(sender, e->addr),
		   place_kernel(&e->head), sizeof(e->head), COPY_TRY) == OK;
}

static bool
entry_unfinished(const struct entry *e)
{
	return (e->head.flags & (AMF_VALID | AMF_DONE)) == AMF_VALID;
}

/* Write the result back and tell the sender if it wants to know. */
static void
entry_complete(struct entry *e, int result)
{
	uint32_t tell = AMF_NOTIFY | (result != OK ? AMF_NOTIFY_ERR : 0);

	e->head.flags |= AMF_DONE;
	e->head.result = result;
	if (data_copy(NULL, place_kernel(&e->head),
		place_in(e->sender, e->addr), sizeof(e->head), COPY_TRY) != OK)
		e->sender->priv->asyn_size = 0;
	if ((e->head.flags & tell) != 0)
		ipc_notify(proc_slot(endpoint_slot(ASYNCM)), e->sender);
}

/* Put the message of an entry into the receiver's delivery buffer. */
static bool
entry_deliver(struct entry *e, struct proc *receiver)
{
	vir_bytes addr = e->addr + offsetof(struct asynmsg, msg);

	if (data_copy(NULL, place_in(e->sender, addr),
		place_kernel(&receiver->delivermsg), sizeof(struct message),
		COPY_TRY) != OK)
		return false;
	if (rts_isset(receiver, RTS_RECEIVING))
		ipc_hand_over(receiver, e->sender, SENDA);
	else
		ipc_deliver(receiver, e->sender, SENDA);
	return true;
}

static void
mail_mark(struct proc *receiver, const struct proc *sender, bool mail)
{
	unsigned bit = priv_bit(sender->priv);
	uint32_t *word = &receiver->asyn_pending[bit / 32];

	*word &= ~(1u << (bit % 32));
	if (!mail)
		return;
	*word |= 1u << (bit % 32);
	receiver->misc_flags |= MF_MAIL;
}

/* Must the entry wait until the receiver has got its reply? */
static bool
entry_postponed(const struct entry *e, const struct proc *receiver)
{
	return (e->head.flags & AMF_NOREPLY) != 0 &&
	    (receiver->misc_flags & MF_REPLY_PEND) != 0;
}

/* Send an entry to whom its sender may send to, now or later. */
static int
entry_send(struct entry *e, struct proc *dst, bool *waits)
{
	struct proc *sender = e->sender;

	bit_set(sender->priv->sent, priv_bit(dst->priv));
	if (!ipc_will_receive(dst, sender->endpoint) ||
	    entry_postponed(e, dst)) {
		mail_mark(dst, sender, true);
		*waits = true;
		return OK;
	}
	if (!entry_deliver(e, dst))
		return -EFAULT;
	entry_complete(e, OK);
	return OK;
}

/* Try to finish a new entry; OK also when it has to wait. */
static int
entry_start(struct entry *e, bool *waits)
{
	struct proc *sender = e->sender, *dst;

	if ((e->head.flags & ~(uint32_t)AMF_KNOWN) != 0 ||
	    (e->head.flags & AMF_VALID) == 0)
		return -EINVAL;
	dst = proc_lookup(e->head.dst);
	trace_event(TRACE_SENDA, sender, dst != NULL ? dst : sender,
	    e->head.flags, 0);
	if (dst == NULL || rts_isset(dst, RTS_NO_ENDPOINT)) {
		entry_complete(e, -EDEADSRCDST);
	} else if (!priv_may_send(sender->priv, dst->priv)) {
		entry_complete(e, -ECALLDENIED);
	} else {
		return entry_send(e, dst, waits);
	}
	return OK;
}

/* Have every page of the table in memory, to be written, and keep it there:
 * when results are written later, nobody could wait for a page. */
static bool
table_pin(const struct proc *sender, vir_bytes table, vir_bytes size)
{
	vir_bytes page;

	for (page = PAGE_FLOOR(table); page < table + size; page += PAGE_SIZE) {
		if (!user_touch(page > table ? page : table))
			return false;
		arch_page_pin(sender->page_dir, page);
	}
	return true;
}

/* Start all entries. One that makes no sense fails the call, not the rest. */
static int
table_start(struct proc *sender, uint32_t entries)
{
	struct priv *priv = sender->priv;
	int status = OK, r;
	bool waits = false;
	struct entry e;

	for (uint32_t i = 0; i < entries; i++) {
		if (!entry_read(&e, sender, i))
			return -EFAULT;
		if (e.head.flags == AMF_EMPTY || (e.head.flags & AMF_DONE) != 0)
			continue;
		r = entry_start(&e, &waits);
		if (r != OK)
			status = r;
	}
	if (waits)
		priv->asyn_size = entries;
	return status;
}

int
ipc_do_senda(struct proc *caller, vir_bytes table, uint32_t entries)
{
	struct priv *priv = caller->priv;

	if ((priv->spec.trap_mask & TRAP_BIT(SENDA)) == 0)
		return -ETRAPDENIED;
	if (priv->proc != caller)
		return -EPERM;
	if (entries > ASYN_MAX)
		return -EDOM;
	priv->asyn_size = 0;
	if (entries == 0)
		return OK;
	if (!user_range(table, entries * sizeof(struct asynmsg)))
		return -EFAULT;
	if (!table_pin(caller, table, entries * sizeof(struct asynmsg)))
		return vmreq_trap_fault(caller);
	priv->asyn_table = table;
	return table_start(caller, entries);
}

/* Take the first message for receiver out of one table. */
static bool
table_take(struct proc *sender, struct proc *receiver)
{
	bool postponed = false;
	struct entry e;

	for (uint32_t i = 0; i < sender->priv->asyn_size; i++) {
		if (!entry_read(&e, sender, i)) {
			sender->priv->asyn_size = 0;
			break;
		}
		if (!entry_unfinished(&e) || e.head.dst != receiver->endpoint ||
		    !priv_may_send(sender->priv, receiver->priv))
			continue;
		if (entry_postponed(&e, receiver)) {
			postponed = true;
			continue;
		}
		if (entry_deliver(&e, receiver)) {
			entry_complete(&e, OK);
			return true;
		}
	}
	mail_mark(receiver, sender, postponed);
	return false;
}

bool
ipc_async_take(struct proc *receiver, struct proc *src)
{
	for (unsigned w = 0; w < ASYN_MAP_WORDS; w++) {
		uint32_t left = receiver->asyn_pending[w];

		while (left != 0) {
			unsigned bit = (unsigned)__builtin_ctz(left);
			struct proc *sender = priv_table[32 * w + bit].proc;

			left &= left - 1;
			if (sender == NULL || (src != NULL && src != sender))
				continue;
			if (table_take(sender, receiver))
				return true;
		}
	}
	return false;
}

static void
table_fail(struct proc *sender, struct proc *victim)
{
	struct entry e;

	for (uint32_t i = 0; i < sender->priv->asyn_size; i++) {
		if (!entry_read(&e, sender, i)) {
			sender->priv->asyn_size = 0;
			return;
		}
		if (entry_unfinished(&e) && e.head.dst == victim->endpoint)
			entry_complete(&e, -EDEADSRCDST);
	}
}

void
ipc_async_fail(struct proc *victim)
{
	for (unsigned bit = 0; bit < NR_PRIVS; bit++) {
		struct proc *sender = priv_table[bit].proc;
		uint32_t mail = victim->asyn_pending[bit / 32] >> (bit % 32);

		if ((mail & 1) == 0 || sender == NULL)
			continue;
		table_fail(sender, victim);
		mail_mark(victim, sender, false);
	}
}
