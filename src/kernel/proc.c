/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The process table and its slots.
 */
#include "kernel/proc.h"

#include <lacuna/string.h>

#include "kernel/priv.h"
#include "kernel/sched.h"

struct proc proc_table[NR_TASKS + NR_PROCS];

void
proc_init(void)
{
	static const char names[NR_TASKS][PROC_NAME_MAX] = { "asyncm", "idle",
		"clock", "system", "hardware" };

	for (int slot = -NR_TASKS; slot < NR_PROCS; slot++) {
		struct proc *p = proc_slot(slot);

		p->slot = slot;
		p->endpoint = endpoint_make(0, slot);
		p->rts_flags = RTS_SLOT_FREE;
		p->priv = priv_by_id(USER_PRIV_ID);
		p->priority = p->base_priority = USER_QUEUE;
		p->quantum = p->ticks_left = USER_QUANTUM;
		proc_init_ipc(p);
		if (slot >= 0)
			continue;
		/* Tasks are names: they never run, so never are ready. */
		p->rts_flags = RTS_PROC_STOP;
		p->priv = priv_by_id(slot);
		strlcpy(p->name, names[slot + NR_TASKS], PROC_NAME_MAX);
	}
}

void
proc_init_ipc(struct proc *p)
{
	p->misc_flags &= MF_FPU_VALID;
	p->getfrom = p->sendto = NONE;
	p->queue_head = p->queue_tail = p->queue_next = NULL;
	memset(p->asyn_pending, 0, sizeof(p->asyn_pending));
	p->vmreq.kind = MEMREQ_NONE;
	p->vmreq_state = VMREQ_IDLE;
	p->vmreq_next = NULL;
	p->pending = 0;
}

void
proc_describe(const struct proc *p, struct proc_info *info)
{
	memset(info, 0, sizeof(*info));
	info->ep = p->endpoint;
	info->rts_flags = p->rts_flags;
	info->misc_flags = p->misc_flags;
	info->priority = p->priority;
	info->base_priority = p->base_priority;
	info->quantum = p->quantum;
	info->user_ticks = p->user_ticks;
	info->system_ticks = p->system_ticks;
	info->getfrom = rts_isset(p, RTS_RECEIVING) ? p->getfrom : NONE;
	info->sendto = rts_isset(p, RTS_SENDING) ? p->sendto : NONE;
	info->pc = p->regs.eip;
	info->sp = p->regs.esp;
	info->page_dir = p->page_dir;
	info->priv_id = p->priv->id;
	info->cycles = p->cycles;
	strlcpy(info->name, p->name, sizeof(info->name));
}
