/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: interrupt lines, for their drivers.
 */
#include "kernel/call/call.h"

#include "kernel/irq.h"

static bool
line_allowed(const struct proc *caller, int line)
{
	const struct priv_spec *spec = &caller->priv->spec;
	int i;

	if ((spec->flags & CHECK_IRQ) == 0)
		return true;
	for (i = 0; i < spec->nr_irq; i++)
		if (spec->irq[i] == line) {
			caller->priv->irq_used |= 1u << i;
			return true;
		}
	return false;
}

static int
claim(struct proc *caller, const struct sys_irqctl_req *req,
    struct sys_irqctl_rep *rep)
{
	int hook, r;

	if (!priv_is_own(caller) || !line_allowed(caller, req->irq))
		return -EPERM;
	r = irq_claim(caller, req->irq, req->hook, req->policy, &hook);
	if (r == OK)
		rep->hook = hook;
	return r;
}

int
do_sys_irqctl(struct proc *caller, const struct sys_irqctl_req *req,
    struct sys_irqctl_rep *rep)
{
	switch (req->request) {
	case IRQ_SETPOLICY:
		return claim(caller, req, rep);
	case IRQ_RMPOLICY:
		return irq_release(caller, req->hook);
	case IRQ_ENABLE:
		return irq_set(caller, req->hook, true);
	case IRQ_DISABLE:
		return irq_set(caller, req->hook, false);
	default:
		return -EINVAL;
	}
}
