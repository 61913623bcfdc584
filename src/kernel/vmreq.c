/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests to VM. Each process has room for one. Requests that VM has not
 * seen are a queue, about which VM is told by SIGKMEM. The answer stays with
 * the request until the repeated call asks for the same thing again; a call
 * that goes on to something else replaces it.
 */
#include "kernel/vmreq.h"

#include <abi/errno.h>
#include <abi/kcall_vm.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/user.h"
#include "kernel/counters.h"
#include "kernel/ipc/ipc.h"
#include "kernel/klog.h"
#include "kernel/panic.h"
#include "kernel/sched.h"
#include "kernel/signal.h"
#include "kernel/timer.h"
#include "kernel/vmcopy.h"

/* VM may say OK to the same request this often, with no more ticks between,
 * before it is not believed: memory can be taken away again before it is
 * used, but not each time. */
#define VMREQ_TRIES 8
#define VMREQ_TICKS 2

static struct proc *queue_head, *queue_tail;

static struct proc *
vm_proc(void)
{
	return proc_slot(VM_PROC_NR);
}

static bool
same_request(const struct vm_request *a, const struct vm_request *b)
{
	return a->kind == b->kind && a->target == b->target &&
	    a->start == b->start && a->length == b->length &&
	    a->write == b->write && a->source == b->source &&
	    a->source_addr == b->source_addr && a->serial == b->serial;
}

static void
request_queue(struct proc *p)
{
	p->vmreq_state = VMREQ_QUEUED;
	p->vmreq_next = NULL;
	if (queue_head == NULL)
		queue_head = p;
	else
		queue_tail->vmreq_next = p;
	queue_tail = p;
	rts_set(p, RTS_VMREQUEST);
	counters.vm_requests++;
	ipc_notify_signal(vm_proc(), SIGKMEM);
}

static bool
has_answered(const struct proc *requestor, const struct vm_request *req)
{
	return requestor->vmreq_state == VMREQ_ANSWERED &&
	    same_request(&requestor->vmreq, req);
}

/* The answer that p has to this very request, if any. */
static bool
answer_take(struct proc *p, const struct vm_request *req, int *status)
{
	if (!has_answered(p, req))
		return false;
	if (p->vmreq_status == OK && req->kind == MEMREQ_CHECK) {
		/* It is asked for again, so the page is not there again. */
		if (p->vmreq_tries < VMREQ_TRIES)
			return false;
		kprintf("kernel: fault of %d: %s 0x%x: page_provide of vm "
			"answered OK %d times, and the page is not ready\n",
		    req->target, req->write != 0 ? "write to" : "read of",
		    req->start, VMREQ_TRIES);
		p->vmreq_status = -EFAULT;
	}
	p->vmreq_state = VMREQ_IDLE;
	*status = p->vmreq_status;
	return true;
}

int
vm_suspend(struct proc *requestor, const struct vm_request *req)
{
	bool again = has_answered(requestor, req) &&
	    clock_uptime - requestor->vmreq_time <= VMREQ_TICKS;
	int status;

	if (requestor->endpoint == VM_PROC_NR || req->target == VM_PROC_NR)
		return -EFAULT;
	requestor->vmreq_tries = again ? requestor->vmreq_tries + 1 : 0;
	if (answer_take(requestor, req, &status))
		return status;
	requestor->vmreq = *req;
	if (req->kind == MEMREQ_COWMAP)
		requestor->vmreq.serial = (uint32_t)sched_switches;
	request_queue(requestor);
	return -EVMSUSPEND;
}

bool
vm_answer_take(struct proc *requestor, int kind, int *status)
{
	if (requestor->vmreq_state != VMREQ_ANSWERED ||
	    requestor->vmreq.kind != kind)
		return false;
	requestor->vmreq_state = VMREQ_IDLE;
	*status = requestor->vmreq_status;
	return true;
}

/* While VM changes what a process has where, that process does not run. */
static void
target_hold(const struct proc *p, bool hold)
{
	struct proc *target = proc_lookup(p->vmreq.target);

	if (p->vmreq.kind == MEMREQ_CHECK || target == NULL)
		return;
	if (hold)
		rts_set(target, RTS_VMREQTARGET);
	else if (rts_isset(target, RTS_VMREQTARGET))
		rts_clear(target, RTS_VMREQTARGET);
}

/* Has anybody but VM run since p asked for a copy? Then the grant may have
 * been revoked, and VM would be late with it. */
static bool
may_be_revoked(const struct proc *p)
{
	return p->vmreq.kind == MEMREQ_COWMAP &&
	    (uint32_t)sched_switches - p->vmreq.serial != 1;
}

/* Have p's call repeated without VM: it is checked again, and asks again. */
static void
send_back(struct proc *p)
{
	p->vmreq_state = VMREQ_ANSWERED;
	p->vmreq.kind = MEMREQ_NONE;
	rts_clear(p, RTS_VMREQUEST);
}

struct proc *
vmreq_fetch(void)
{
	struct proc *p;

	while ((p = queue_head) != NULL) {
		queue_head = p->vmreq_next;
		p->vmreq_next = NULL;
		if (may_be_revoked(p)) {
			send_back(p);
			continue;
		}
		p->vmreq_state = VMREQ_FETCHED;
		target_hold(p, true);
		return p;
	}
	return NULL;
}

int
vmreq_answer(struct proc *p, int status)
{
	if (p->vmreq_state != VMREQ_FETCHED)
		return -ESRCH;
	p->vmreq_state = VMREQ_ANSWERED;
	p->vmreq_status = status;
	p->vmreq_time = clock_uptime;
	if (p->vmreq.kind == MEMREQ_SMAP && status == OK)
		counters.maps++;
	target_hold(p, false);
	rts_clear(p, RTS_VMREQUEST);
	return OK;
}

void
vmreq_cancel(struct proc *p)
{
	struct proc *prev = NULL, *q;

	for (q = queue_head; q != NULL && p->vmreq_state == VMREQ_QUEUED;
	     prev = q, q = q->vmreq_next) {
		if (q != p)
			continue;
		if (prev == NULL)
			queue_head = p->vmreq_next;
		else
			prev->vmreq_next = p->vmreq_next;
		if (queue_tail == p)
			queue_tail = prev;
		break;
	}
	if (p->vmreq_state == VMREQ_FETCHED)
		target_hold(p, false);
	p->vmreq_state = VMREQ_IDLE;
	p->vmreq_next = NULL;
	p->misc_flags &= ~(uint32_t)MF_KCALL_RESUME;
	if (rts_isset(p, RTS_VMREQUEST))
		rts_clear(p, RTS_VMREQUEST);
}

void
vmreq_page_fault(struct proc *p, vir_bytes addr, uint32_t error)
{
	struct vm_pagefault_msg body = { addr, error, p->regs.eip };
	struct message m;

	counters.page_faults++;
	if (p->endpoint == VM_PROC_NR) {
		proc_stacktrace(p);
		panic("page fault of vm: address 0x%x error 0x%x", addr, error);
	}
	/* A page that is there does not let the process do that. */
	sig_fault(p, SIGSEGV,
	    (error & PF_PRESENT) != 0 ? SEGV_ACCERR : SEGV_MAPERR, addr);
	if (addr >= KERNEL_BASE) {
		cause_sig(p, SIGSEGV);
		return;
	}
	memset(&m, 0, sizeof(m));
	m.m_type = VM_PAGEFAULT;
	memcpy(m.m_body, &body, sizeof(body));
	rts_set(p, RTS_PAGEFAULT);
	ipc_send_kernel(p, vm_proc(), &m);
}

int
vmreq_trap_fault(struct proc *p)
{
	struct vm_request req = {
		.kind = MEMREQ_CHECK,
		.target = p->endpoint,
		.start = user_fault.addr,
		.length = 1,
		.write = (user_fault.error & PF_WRITE) != 0,
		.source = NONE,
	};

	return vm_suspend(p, &req);
}

void
vmreq_deliver_fault(struct proc *p)
{
	struct vm_request req = {
		.kind = MEMREQ_CHECK,
		.target = p->endpoint,
		.start = p->delivermsg_vir,
		.length = sizeof(struct message),
		.write = true,
		.source = NONE,
	};

	if (vm_suspend(p, &req) == -EVMSUSPEND)
		return;
	p->misc_flags &= ~(uint32_t)MF_DELIVERMSG;
	sig_fault(p, SIGSEGV, SEGV_ACCERR, p->delivermsg_vir);
	cause_sig(p, SIGSEGV);
}
