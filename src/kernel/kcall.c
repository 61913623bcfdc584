/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Dispatching of kernel calls. The request is copied into the process
 * structure, so that a call which had to wait for VM is repeated with what
 * was asked, whatever the caller's memory holds by then.
 */
#include "kernel/kcall.h"

#include <abi/errno.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/user.h"
#include "kernel/boot.h"
#include "kernel/priv.h"
#include "kernel/switch.h"
#include "kernel/trace.h"

/* Put the answer into the caller's memory, or have that done later. */
static void
reply(struct proc *caller, const uint32_t *body, uint32_t words)
{
	struct message *m = &caller->delivermsg;

	if (user_copy_words(
		(void *)(caller->kcall_vir + offsetof(struct message, m_body)),
		body, words))
		return;
	m->m_source = SYSTEM;
	m->m_type = OK;
	memset(m->m_body, 0, sizeof(m->m_body));
	memcpy(m->m_body, body, words * sizeof(uint32_t));
	caller->delivermsg_vir = caller->kcall_vir;
	caller->deliver_status = caller->regs.edx;
	caller->misc_flags |= MF_DELIVERMSG;
}

/* Make the call that is in caller->kcall. */
static inline __attribute__((always_inline)) void
execute(struct proc *caller)
{
	uint32_t body[MSG_BODY / 4];
	uint32_t nr = (uint32_t)caller->kcall.m_type - KERNEL_CALL;
	const struct kcall_entry *entry;
	uint32_t words;
	int r;

	counters.kernel_calls++;
	trace_event(TRACE_KCALL, caller, caller, (uint32_t)caller->kcall.m_type,
	    0);
	if (nr >= NR_KERNEL_CALLS) {
		caller->regs.eax = (uint32_t)-EBADREQUEST;
		return;
	}
	if (!priv_may_call(caller->priv, nr)) {
		caller->regs.eax = (uint32_t)-ECALLDENIED;
		return;
	}
	entry = &kcall_table[nr];
	words = (entry->rep_size + 3) / 4;
	for (uint32_t i = 0; i < words; i++)
		body[i] = 0;
	r = entry->handler(caller, caller->kcall.m_body, body);
	if (r == -EVMSUSPEND) {
		caller->misc_flags |= MF_KCALL_RESUME;
		return;
	}
	if (r == -EDONTREPLY)
		return;
	caller->regs.eax = (uint32_t)r;
	if (r == OK && words > 0)
		reply(caller, body, words);
}

/* The message could not be read. */
static void
read_fault(struct proc *caller)
{
	int r = -EFAULT;

	if (user_range(caller->regs.ebx, sizeof(struct message)))
		r = vmreq_trap_fault(caller);
	if (r == -EVMSUSPEND)
		caller->regs.eip -= 2; /* the int instruction */
	else
		caller->regs.eax = (uint32_t)r;
}

REGPARM void
kcall_trap(struct proc *caller)
{
	vir_bytes addr = caller->regs.ebx;

	if (__builtin_expect((caller->misc_flags & MF_STEP) != 0, 0))
		caller->regs.eflags &= ~EFLAGS_TF;
	if (__builtin_expect(!user_range(addr, sizeof(struct message)) ||
		    !user_read_message(&caller->kcall, addr),
		0)) {
		read_fault(caller);
		switch_to_user();
	}
	caller->kcall_vir = addr;
	caller->vmreq_state = VMREQ_IDLE; /* answers were for earlier calls */
	execute(caller);
	switch_quick();
}

void
kcall_resume(struct proc *caller)
{
	caller->misc_flags &= ~(uint32_t)MF_KCALL_RESUME;
	execute(caller);
}
