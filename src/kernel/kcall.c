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
#include "kernel/counters.h"
#include "kernel/ipc/tracing.h"
#include "kernel/priv.h"
#include "kernel/switch.h"
#include "kernel/trace.h"

/* The answer could not be written: have it delivered like a message. */
static void
reply_later(struct proc *caller, const uint32_t *body, uint32_t words)
{
	struct message *m = &caller->delivermsg;

	m->m_source = SYSTEM;
	m->m_type = OK;
	memset(m->m_body, 0, sizeof(m->m_body));
	memcpy(m->m_body, body, words * sizeof(uint32_t));
	caller->delivermsg_vir = caller->kcall_vir;
	caller->deliver_status = caller->regs.edx;
	caller->misc_flags |= MF_DELIVERMSG;
}

/* Serve the call in caller->kcall, whose number and right are checked. */
INLINE void
serve(struct proc *caller, const struct kcall_entry *entry)
{
	uint32_t body[MSG_BODY / 4];
	uint32_t words = entry->rep_words;
	vir_bytes to = caller->kcall_vir + offsetof(struct message, m_body);
	int r;

	if (words != 0)
		words_clear(body, words);
	r = entry->handler(caller, caller->kcall.m_body, body);
	if (r == OK) {
		caller->regs.eax = OK;
		if (words != 0 && !user_copy_words((void *)to, body, words))
			reply_later(caller, body, words);
	} else if (r == -EVMSUSPEND) {
		caller->misc_flags |= MF_KCALL_RESUME;
	} else if (r != -EDONTREPLY) {
		caller->regs.eax = (uint32_t)r;
	}
}

/* Which call is it? Counts it, or says why the caller may not make it. */
INLINE int
entry_find(const struct proc *caller, const struct kcall_entry **entry)
{
	uint32_t nr = (uint32_t)caller->kcall.m_type - KERNEL_CALL;

	if (nr >= NR_KERNEL_CALLS)
		return -EBADREQUEST;
	if (!priv_may_call(caller->priv, nr))
		return -ECALLDENIED;
	caller->priv->uses[nr]++;
	*entry = &kcall_table[nr];
	return OK;
}

/* Read the message: number first, then as much as the call takes. */
INLINE int
request_read(struct proc *caller, const struct kcall_entry **entry)
{
	vir_bytes addr = caller->regs.ebx;
	vir_bytes body = addr + offsetof(struct message, m_body);
	struct message *m = &caller->kcall;
	int r;

	if (!user_range(addr, sizeof(struct message)))
		return -EFAULT;
	if (!user_read_word(&m->m_type,
		addr + offsetof(struct message, m_type)))
		return vmreq_trap_fault(caller);
	r = entry_find(caller, entry);
	if (r == OK && (*entry)->req_words != 0 &&
	    !user_copy_words(m->m_body, (const void *)body,
		(*entry)->req_words))
		return vmreq_trap_fault(caller);
	return r;
}

REGPARM void
kcall_trap(struct proc *caller)
{
	const struct kcall_entry *entry = kcall_table;
	int r;

	counters.kernel_calls++;
	if (__builtin_expect((caller->misc_flags & MF_STEP) != 0, 0)) {
		caller->regs.eflags &= ~EFLAGS_TF;
		tracing_stepped(caller);
	}
	r = request_read(caller, &entry);
	if (__builtin_expect(r == OK, 1)) {
		caller->kcall_vir = caller->regs.ebx;
		caller->vmreq_state = VMREQ_IDLE; /* its answer was another's */
		serve(caller, entry);
	} else if (r == -EVMSUSPEND) {
		caller->regs.eip -= 2; /* the int instruction */
	} else {
		caller->regs.eax = (uint32_t)r;
	}
	if (__builtin_expect(sched_unusual, 0)) {
		trace_event(TRACE_KCALL, caller, caller,
		    (uint32_t)caller->kcall.m_type, r);
		switch_to_user();
	}
	switch_quick();
}

void
kcall_resume(struct proc *caller)
{
	const struct kcall_entry *entry = kcall_table;
	int r = entry_find(caller, &entry);

	caller->misc_flags &= ~(uint32_t)MF_KCALL_RESUME;
	if (r == OK)
		serve(caller, entry);
	else
		caller->regs.eax = (uint32_t)r;
}
