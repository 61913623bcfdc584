/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: fill a process slot. The child is a copy of its parent, which
 * waits for a reply; so does the child, from the same peer and at the same
 * address. It is told apart only by the reply it gets. A service need not
 * wait: its child is given a program before it may do anything.
 */
#include "kernel/call/call.h"

#include "kernel/arch/i386/arch.h"
#include "kernel/call/pagedir.h"
#include "kernel/sched.h"

/* Next generation of a slot's endpoint. Generation 0 is for boot services. */
static endpoint_t
endpoint_next(const struct proc *slot)
{
	int gen = endpoint_gen(slot->endpoint) + 1;

	return endpoint_make(gen > ENDPOINT_GEN_MAX ? 1 : gen, slot->slot);
}

/* What a child does not inherit. */
static void
child_reset(struct proc *child, const struct proc *parent)
{
	const uint32_t kept = MF_REPLY_PEND | MF_SC_ACTIVE | MF_FPU_VALID;

	proc_init_ipc(child);
	child->getfrom = parent->getfrom;
	child->delivermsg_vir = parent->delivermsg_vir;
	child->misc_flags = parent->misc_flags & kept;
	child->user_ticks = child->system_ticks = 0;
	child->virt_left = child->prof_left = 0;
	child->cycles = 0;
	child->regs.eax = OK;
	child->rts_flags = RTS_RECEIVING;
}

/* A service's child may do nothing until somebody says what. */
static void
child_privileges(struct proc *child, const struct proc *parent)
{
	if (!priv_is_own(parent))
		return;
	child->priv = priv_by_id(USER_PRIV_ID);
	child->rts_flags |= RTS_NO_PRIV;
}

/* Is it known where the child is to go on? */
static bool
may_fork(const struct proc *parent)
{
	return rts_isset(parent, RTS_RECEIVING) || priv_is_own(parent);
}

int
do_sys_fork(struct proc *caller, const struct sys_fork_req *req,
    struct sys_fork_rep *rep)
{
	struct proc *parent, *child;
	endpoint_t ep;
	int slot = req->child_slot, r;

	r = target_find(caller, req->parent, &parent);
	if (r != OK)
		return r;
	if (slot < 0 || slot >= NR_PROCS || !proc_is_free(proc_slot(slot)) ||
	    !may_fork(parent) || !page_dir_ok(req->page_dir))
		return -EINVAL;

	child = proc_slot(slot);
	ep = endpoint_next(child);
	fpu_save(parent);
	*child = *parent;
	child->slot = slot;
	child->endpoint = ep;
	child->page_dir = req->page_dir;
	child_reset(child, parent);
	child_privileges(child, parent);
	sched_fork(parent, child);
	rep->child = ep;
	return OK;
}
