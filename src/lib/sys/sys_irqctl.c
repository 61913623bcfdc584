/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: interrupt lines.
 */
#include <lacuna/sysdev.h>

#include <lacuna/kcall.h>

int
sys_irqsetpolicy(int irq, uint32_t policy, int notify_bit, int *hook)
{
	struct sys_irqctl_req req = { IRQ_SETPOLICY, irq, policy, notify_bit };
	struct sys_irqctl_rep rep;
	int r;

	r = KCALL(SYS_IRQCTL, &req, &rep);
	if (r == OK)
		*hook = rep.hook;
	return r;
}

static int
irqctl(int request, int hook)
{
	struct sys_irqctl_req req = { .request = request, .hook = hook };

	return KCALL_REQ(SYS_IRQCTL, &req);
}

int
sys_irqrmpolicy(int hook)
{
	return irqctl(IRQ_RMPOLICY, hook);
}

int
sys_irqenable(int hook)
{
	return irqctl(IRQ_ENABLE, hook);
}

int
sys_irqdisable(int hook)
{
	return irqctl(IRQ_DISABLE, hook);
}
