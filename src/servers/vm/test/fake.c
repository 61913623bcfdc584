/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The machine of VM's tests.
 */
#include "servers/vm/test/fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#include "servers/vm/window.h"
#include "test/unit/status.h"

struct fake_kernel fake;
uint8_t *window_base;

/* Nobody clears memory: in each frame there is something, here and there. */
static void
soil(size_t memory)
{
	size_t at;

	for (at = FAKE_FIRST; at < memory; at += 64)
		window_base[at] = 0xA5;
}

void
fake_machine_with(size_t memory)
{
	struct kinfo info = { .mem_top = (phys_bytes)memory };
	static size_t have;

	if (have != memory) {
		free(window_base);
		window_base = malloc(memory);
		assert_non_null(window_base);
		have = memory;
	}
	soil(memory);
	fake = (struct fake_kernel){ 0 };
	info.free[1].base = FAKE_FIRST;
	info.free[1].size = (phys_bytes)memory - FAKE_FIRST;
	vmproc_init();
	region_init();
	assert_status(frames_init(&info), OK);
	assert_status(pt_init(), OK);
}

void
fake_machine(void)
{
	fake_machine_with(FAKE_MEMORY);
}

struct vmproc *
fake_process_in(int slot)
{
	struct vmproc *p = &vmproc_table[slot];
	phys_bytes dir = pt_create(FRAME_USER);

	assert_int_not_equal(dir, NO_FRAME);
	vmproc_start(p, endpoint_make(3, slot), dir);
	p->call_mask = VM_USER_CALLS;
	return p;
}

struct vmproc *
fake_process(void)
{
	return fake_process_in(USER_SLOT);
}

int
fake_request(struct sys_memreq_rep request)
{
	fake.memreq = request;
	fake.memreq.requestor = PM_PROC_NR;
	fake.memreq_status = 1;
	memreq_signal(SIGKMEM);
	return fake.memreq_status;
}

uint32_t
fake_entry(const struct vmproc *p, vir_bytes addr)
{
	const uint32_t *pte = pt_entry(p->page_dir, addr);

	return pte != NULL ? *pte : 0;
}

uint8_t *
fake_byte(const struct vmproc *p, vir_bytes addr)
{
	const uint32_t *pte = pt_entry(p->page_dir, addr);

	assert_non_null(pte);
	assert_int_equal(*pte & PTE_READABLE, PTE_READABLE);
	return window_at((*pte & PTE_FRAME) + addr % PAGE_SIZE);
}

void
fake_fault(struct vmproc *p, vir_bytes addr, uint32_t error)
{
	struct vm_pagefault_msg f = { addr, error, 0 };
	struct message m = { .m_source = p->ep, .m_type = VM_PAGEFAULT };

	memcpy(m.m_body, &f, sizeof f);
	fault_message(&m);
}

/* Fault if the entry does not allow this. */
static void
touch(struct vmproc *p, vir_bytes addr, uint32_t wanted, uint32_t error)
{
	const uint32_t *pte = pt_entry(p->page_dir, addr);
	uint32_t have = pte == NULL ? 0 : *pte;

	if ((have & wanted) == wanted)
		return;
	fake_fault(p, addr, error | PF_USER | (have & PTE_P));
	assert_int_equal(fake.killed, 0);
	pte = pt_entry(p->page_dir, addr);
	assert_non_null(pte);
	assert_int_equal(*pte & wanted, wanted);
}

void
fake_write(struct vmproc *p, vir_bytes addr, uint8_t value)
{
	touch(p, addr, PTE_WRITABLE, PF_WRITE);
	*fake_byte(p, addr) = value;
}

uint8_t
fake_read(struct vmproc *p, vir_bytes addr)
{
	touch(p, addr, PTE_READABLE, 0);
	return *fake_byte(p, addr);
}

struct vmproc *
fake_fork(struct vmproc *parent, int slot)
{
	struct vm_fork_req req = { .parent = parent->ep, .child_slot = slot };
	struct vm_fork_rep rep;

	assert_status(do_vm_fork(PM_PROC_NR, &req, &rep), OK);
	return vmproc_find(rep.child);
}

int
sys_vmctl(endpoint_t ep, int request, uint32_t value, uint32_t *result)
{
	(void)ep, (void)result;
	if (request == VMCTL_CLEAR_PAGEFAULT)
		fake.cleared++;
	if (request == VMCTL_SETADDRSPACE)
		fake.dir = value;
	return OK;
}

int
sys_memreq(endpoint_t answered, int status, struct sys_memreq_rep *req)
{
	if (answered != NONE)
		fake.memreq_status = status;
	if (fake.memreq.kind == MEMREQ_NONE)
		return -ESRCH;
	*req = fake.memreq;
	fake.memreq.kind = MEMREQ_NONE;
	return OK;
}

int
sys_getimage(struct boot_image image[NR_BOOT_PROCS])
{
	memcpy(image, fake.image, sizeof fake.image);
	return OK;
}

void
panic(const char *fmt, ...)
{
	fail_msg("panic: %s", fmt);
	abort();
}

int
sys_kill(endpoint_t ep, int sig)
{
	(void)ep;
	fake.killed = sig;
	return OK;
}

int
sys_fork(endpoint_t parent, int child_slot, phys_bytes page_dir,
    endpoint_t *child)
{
	(void)parent;
	assert_int_not_equal(page_dir, NO_FRAME);
	*child = endpoint_make(1, child_slot);
	return fake.fork_status;
}

int
sys_privctl(endpoint_t ep, int request, const void *arg)
{
	(void)ep, (void)arg;
	assert_int_equal(request, SYS_PRIV_QUERY_MEM);
	return fake.privctl_status;
}

/* Addresses here are wider than vir_bytes. Buffers of VM are on the stack or,
 * if not, static: the upper half is that of the one or the other. */
static void *
own_address(vir_bytes addr)
{
	uintptr_t near = (uintptr_t)&near;
	int32_t distance = (int32_t)((uint32_t)near - addr);

	if (distance > 1 << 20 || distance < -(1 << 20))
		near = (uintptr_t)&fake;
	return (void *)((near & ~(uintptr_t)UINT32_MAX) | addr);
}

int
sys_vircopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes, uint32_t flags)
{
	(void)src, (void)src_addr, (void)flags;
	assert_int_equal(dst, SELF);
	memcpy(own_address(dst_addr), fake.source, bytes);
	return OK;
}

int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	(void)gid, (void)offset;
	if (fake.source == NULL)
		return -EPERM;
	return sys_vircopy(granter, 0, SELF, addr, bytes, 0);
}
