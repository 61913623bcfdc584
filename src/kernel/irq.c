/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Interrupt lines and the services that claimed them. Several hooks may share
 * a line; it is open only while each of them has it enabled.
 */
#include "kernel/irq.h"

#include <abi/errno.h>

#include "kernel/arch/i386/devices.h"
#include "kernel/ipc/ipc.h"
#include "kernel/priv.h"

struct hook {
	const struct proc *owner; /**< NULL: free */
	endpoint_t endpoint;
	int line;
	int bit;
	bool reenable;
	bool enabled;
};

static struct hook hooks[NR_IRQ_HOOKS];

/* Open a line iff somebody has it and nobody has it disabled. */
static void
line_update(int line)
{
	bool used = false, open = true;

	for (int i = 0; i < NR_IRQ_HOOKS; i++) {
		if (hooks[i].owner == NULL || hooks[i].line != line)
			continue;
		used = true;
		open = open && hooks[i].enabled;
	}
	pic_set(line, used && open);
}

static struct hook *
hook_find(const struct proc *owner, int hook)
{
	if (hook < 0 || hook >= NR_IRQ_HOOKS || hooks[hook].owner != owner)
		return NULL;
	return &hooks[hook];
}

int
irq_claim(struct proc *owner, int line, int bit, uint32_t policy, int *hook)
{
	int free = -1;

	if (line < 0 || line >= NR_IRQS || line == CLOCK_IRQ || bit < 0 ||
	    bit > 31 || (policy & ~(uint32_t)IRQ_REENABLE) != 0)
		return -EINVAL;
	for (int i = NR_IRQ_HOOKS - 1; i >= 0; i--) {
		if (hooks[i].owner == owner && hooks[i].line == line)
			return -EBUSY;
		if (hooks[i].owner == NULL)
			free = i;
	}
	if (free < 0)
		return -ENOSPC;
	hooks[free] = (struct hook){
		.owner = owner,
		.endpoint = owner->endpoint,
		.line = line,
		.bit = bit,
		.reenable = (policy & IRQ_REENABLE) != 0,
	};
	line_update(line);
	*hook = free;
	return OK;
}

int
irq_release(const struct proc *owner, int hook)
{
	struct hook *h = hook_find(owner, hook);

	if (h == NULL)
		return -EINVAL;
	h->owner = NULL;
	line_update(h->line);
	return OK;
}

int
irq_set(const struct proc *owner, int hook, bool enable)
{
	struct hook *h = hook_find(owner, hook);

	if (h == NULL)
		return -EINVAL;
	h->enabled = enable;
	line_update(h->line);
	return OK;
}

void
irq_release_all(const struct proc *owner)
{
	for (int i = 0; i < NR_IRQ_HOOKS; i++)
		if (hooks[i].owner == owner)
			(void)irq_release(owner, i); /* it has this hook */
}

uint32_t
irq_claimed(void)
{
	uint32_t n = 0;

	for (int i = 0; i < NR_IRQ_HOOKS; i++)
		n += hooks[i].owner != NULL;
	return n;
}

void
irq_handle(int line)
{
	struct proc *p;

	for (int i = 0; i < NR_IRQ_HOOKS; i++) {
		struct hook *h = &hooks[i];

		if (h->owner == NULL || h->line != line)
			continue;
		p = proc_lookup(h->endpoint);
		if (p == NULL)
			continue;
		if (!h->reenable)
			h->enabled = false;
		p->priv->irqs |= 1u << h->bit;
		ipc_notify(proc_slot(endpoint_slot(HARDWARE)), p);
	}
	line_update(line);
}
