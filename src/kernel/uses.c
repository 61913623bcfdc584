/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Telling what was used of privileges, see kernel/uses.h.
 */
#include "kernel/uses.h"

#include "kernel/klog.h"
#include "kernel/params.h"

static void
mask_tell(const uint32_t *mask, int words)
{
	for (int i = 0; i < words; i++)
		kprintf(" %x", mask[i]);
}

/* The calls that were made, as a mask. */
static void
calls_tell(const struct priv *priv)
{
	uint32_t made[KCALL_MASK_WORDS] = { 0 };

	for (int i = 0; i < NR_KERNEL_CALLS; i++)
		if (priv->uses[i] != 0)
			made[i / 32] |= 1u << i % 32;
	kprintf(" kcalls");
	mask_tell(priv->spec.kcall_mask, KCALL_MASK_WORDS);
	mask_tell(made, KCALL_MASK_WORDS);
}

/* The services it has sent to, by their ids. */
static void
sends_tell(const struct priv *priv)
{
	uint32_t sent[SEND_MASK_WORDS] = { 0 };

	for (int id = 0; id < NR_SYS_PROCS; id++)
		if (bit_test(priv->sent, priv_by_id(id)->bit))
			sent[id / 32] |= 1u << id % 32;
	kprintf(" send");
	mask_tell(priv->spec.send_mask, SEND_MASK_WORDS);
	mask_tell(sent, SEND_MASK_WORDS);
}

void
uses_tell(const struct priv *priv)
{
	if (param_number("uses", 0) == 0)
		return;
	kprintf("uses: %s %d", priv->proc->name, priv->id);
	calls_tell(priv);
	sends_tell(priv);
	kprintf(" io %x %x mem %x %x irq %x %x\n", (1u << priv->spec.nr_io) - 1,
	    priv->io_used, (1u << priv->spec.nr_mem) - 1, priv->mem_used,
	    (1u << priv->spec.nr_irq) - 1, priv->irq_used);
}

void
uses_tell_all(void)
{
	for (int id = 0; id < NR_SYS_PROCS; id++)
		if (priv_by_id(id)->used && priv_by_id(id)->proc != NULL)
			uses_tell(priv_by_id(id));
}
