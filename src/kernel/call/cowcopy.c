/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Safe copies that move no bytes. Head and tail are copied first and VM is
 * asked last, so that its answer ends the copy: when the call is repeated,
 * nothing is left to do. The grant need not be looked at again then: vmreq.c
 * sees to it that nobody could revoke it before VM had the request.
 */
#include "kernel/call/cowcopy.h"

#include <abi/errno.h>
#include <abi/kcall_vm.h>
#include <abi/vmlayout.h>

#include "kernel/counters.h"
#include "kernel/params.h"

#define NEVER UINT32_MAX

vir_bytes cow_min_bytes = NEVER;

void
cow_init(void)
{
	uint32_t pages = param_number("cowmin", COW_MIN_PAGES);

	cow_min_bytes = NEVER;
	if (param_number("cow", 1) == 0 || pages >= KERNEL_BASE / PAGE_SIZE)
		return;
	cow_min_bytes = (pages > 0 ? pages : 1) * PAGE_SIZE;
}

struct cow_parts
cow_split(vir_bytes src, vir_bytes dst, vir_bytes bytes)
{
	struct cow_parts parts = { .head = bytes };
	vir_bytes head = -dst % PAGE_SIZE;

	if ((src - dst) % PAGE_SIZE != 0 || bytes < PAGE_SIZE)
		return parts;
	parts.head = head;
	parts.middle = PAGE_FLOOR(bytes - head);
	parts.tail = bytes - head - parts.middle;
	return parts;
}

static bool
in_user_space(struct place at, vir_bytes bytes)
{
	return bytes <= KERNEL_BASE && at.addr <= KERNEL_BASE - bytes;
}

static bool
ranges_overlap(struct place a, struct place b, vir_bytes bytes)
{
	return a.proc == b.proc && a.addr < b.addr + bytes &&
	    b.addr < a.addr + bytes;
}

/* Can VM be asked about these? It cannot wait for itself. */
static bool
shareable(const struct proc *caller, struct place src, struct place dst,
    vir_bytes bytes)
{
	const struct proc *vm = proc_slot(VM_PROC_NR);

	return caller != vm && src.proc != vm && dst.proc != vm &&
	    in_user_space(src, bytes) && in_user_space(dst, bytes) &&
	    !ranges_overlap(src, dst, bytes);
}

/* Move a place on. */
static struct place
beyond(struct place at, vir_bytes bytes)
{
	return place_in(at.proc, at.addr + bytes);
}

/* Copy what is not whole pages. */
static int
ends_copy(struct proc *caller, struct place src, struct place dst,
    const struct cow_parts *parts)
{
	vir_bytes tail = parts->head + parts->middle;
	int r;

	r = data_copy(caller, src, dst, parts->head, 0);
	if (r == OK)
		r = data_copy(caller, beyond(src, tail), beyond(dst, tail),
		    parts->tail, 0);
	return r;
}

int
cow_copy(struct proc *caller, struct place src, struct place dst,
    vir_bytes bytes)
{
	struct cow_parts parts = cow_split(src.addr, dst.addr, bytes);
	struct vm_request req = {
		.kind = MEMREQ_COWMAP,
		.target = dst.proc->endpoint,
		.start = dst.addr + parts.head,
		.length = parts.middle,
		.source = src.proc->endpoint,
		.source_addr = src.addr + parts.head,
	};
	int r = OK;

	if (parts.middle < cow_min_bytes || !shareable(caller, src, dst, bytes))
		return data_copy(caller, src, dst, bytes, 0);
	if (parts.middle != bytes)
		r = ends_copy(caller, src, dst, &parts);
	if (r != OK)
		return r;
	counters.cow_requests++;
	counters.cow_pages += parts.middle / PAGE_SIZE;
	return vm_suspend(caller, &req);
}

bool
cow_is_done(struct proc *caller, int *status)
{
	return vm_answer_take(caller, MEMREQ_COWMAP, status);
}
