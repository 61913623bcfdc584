/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Privilege structures: who has which, and the symmetry of send masks.
 */
#include "kernel/priv.h"

#include <abi/errno.h>
#include <lacuna/string.h>

struct priv priv_table[NR_PRIVS];

static void
mask_put(uint32_t *mask, int id, bool on)
{
	uint32_t bit = 1u << (id % 32);

	mask[id / 32] = on ? mask[id / 32] | bit : mask[id / 32] & ~bit;
}

static bool
mask_has(const uint32_t *mask, int id)
{
	return (mask[id / 32] >> (id % 32) & 1) != 0;
}

/* May from answer to, who may send to it? Users may not, unless to wants it:
 * most services have masks that let them send to everybody. */
static bool
may_answer(const struct priv *from, const struct priv *to)
{
	return from->id != USER_PRIV_ID || (to->spec.flags & USERS_SEND) != 0;
}

/* Derive who may send to whom, between priv and everybody, from what was
 * asked for. What is not used is looked at when it is used. */
static void
masks_derive(struct priv *priv)
{
	bool there, back;

	for (int id = 0; id < NR_SYS_PROCS; id++) {
		struct priv *peer = priv_by_id(id);

		if (!peer->used || peer == priv)
			continue;
		there = mask_has(priv->spec.send_mask, id);
		back = mask_has(peer->spec.send_mask, priv->id);
		mask_put(priv->may_send, (int)peer->bit,
		    there || (back && may_answer(priv, peer)));
		mask_put(peer->may_send, (int)priv->bit,
		    back || (there && may_answer(peer, priv)));
	}
}

/* Nobody has asked to send to a new service, nor may. */
static void
strangers_make(const struct priv *priv)
{
	for (int id = 0; id < NR_SYS_PROCS; id++) {
		struct priv *peer = priv_by_id(id);

		if (!peer->used)
			continue;
		mask_put(peer->spec.send_mask, priv->id, false);
		mask_put(peer->may_send, (int)priv->bit, false);
	}
}

/* What all users share: they may ask these four services, and report. */
static void
users_init(struct priv *users)
{
	static const endpoint_t servers[] = { PM_PROC_NR, VFS_PROC_NR,
		RS_PROC_NR, VM_PROC_NR };
	unsigned report = SYS_DIAGCTL - KERNEL_CALL;

	users->used = true;
	users->spec.flags = PREEMPTIBLE | BILLABLE;
	users->spec.trap_mask = TRAPS_USER;
	users->spec.sig_mgr = PM_PROC_NR;
	users->spec.kcall_mask[report / 32] = 1u << (report % 32);
	for (size_t i = 0; i < sizeof(servers) / sizeof(servers[0]); i++)
		mask_put(users->spec.send_mask, BOOT_PRIV_ID(servers[i]), true);
	masks_derive(users);
}

void
priv_init(void)
{
	for (int id = -NR_TASKS; id < NR_SYS_PROCS; id++) {
		struct priv *priv = priv_by_id(id);

		priv->bit = (unsigned)(id + NR_TASKS);
		priv->id = id;
		priv->spec.id = id;
		priv->spec.sig_mgr = priv->spec.bak_sig_mgr = NONE;
		priv->grant_owner = NONE;
		if (id >= 0)
			continue;
		priv->used = true;
		priv->proc = proc_slot(id);
	}
	users_init(priv_by_id(USER_PRIV_ID));
}

static struct priv *
dynamic_find(void)
{
	for (int id = FIRST_DYN_PRIV_ID; id < NR_SYS_PROCS; id++)
		if (!priv_by_id(id)->used)
			return priv_by_id(id);
	return NULL;
}

int
priv_alloc(struct proc *p, int id)
{
	struct priv *priv;

	if (id < -1 || id == USER_PRIV_ID || id >= FIRST_DYN_PRIV_ID)
		return -EINVAL;
	priv = id < 0 ? dynamic_find() : priv_by_id(id);
	if (priv == NULL)
		return -ENOSPC;
	if (priv->used)
		return -EBUSY;
	id = priv->id;
	*priv = (struct priv){
		.proc = p,
		.bit = priv->bit,
		.id = id,
		.used = true,
	};
	priv->spec.id = id;
	priv->spec.sig_mgr = priv->spec.bak_sig_mgr = NONE;
	priv->grant_owner = NONE;
	if (id >= FIRST_DYN_PRIV_ID)
		strangers_make(priv);
	else
		masks_derive(priv);
	p->priv = priv;
	return OK;
}

void
priv_free(struct proc *p)
{
	struct priv *priv = p->priv;

	timer_clear(&priv->alarm);
	priv->used = false;
	priv->proc = NULL;
	priv->asyn_size = 0;
	priv->grant_entries = 0;
	priv->spec.flags = 0;
	p->priv = priv_by_id(USER_PRIV_ID);
}

void
priv_set_send_mask(struct priv *priv, const uint32_t *mask)
{
	memcpy(priv->spec.send_mask, mask, sizeof(priv->spec.send_mask));
	masks_derive(priv);
}

void
priv_describe(const struct priv *priv, struct trace_priv *info)
{
	_Static_assert(sizeof(info->notify_pending) ==
		sizeof(priv->notify_pending),
	    "bitmap of senders");

	info->spec = priv->spec;
	info->id = priv->id;
	info->owner = priv->proc != NULL ? priv->proc->endpoint : NONE;
	memcpy(info->notify_pending, priv->notify_pending,
	    sizeof(info->notify_pending));
	info->irqs = priv->irqs;
	info->sigset = priv->sigset;
	info->asyn_table = priv->asyn_table;
	info->asyn_size = priv->asyn_size;
	info->grant_table = priv->grant_table;
	info->grant_entries = priv->grant_entries;
}

void
priv_allow_all(struct priv *priv)
{
	priv->spec.flags = SYS_PROC | PREEMPTIBLE;
	priv->spec.trap_mask = TRAPS_ALL;
	memset(priv->spec.kcall_mask, 0xff, sizeof(priv->spec.kcall_mask));
	memset(priv->spec.send_mask, 0xff, sizeof(priv->spec.send_mask));
	masks_derive(priv);
}
