/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory from VM, in whole pages. Frames are asked for with it, so that no
 * store into it can fail later and cost the service its life.
 */
#include "servers/ds/ds.h"

#include <abi/endpoint.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <proto/vm.h>

PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)

void *
pages_get(size_t bytes, enum pages_kind kind)
{
	struct vm_mmap_req req = {
		.length = PAGE_CEIL(bytes),
		.prot = VM_PROT_READ | VM_PROT_WRITE,
		.flags = kind == PAGES_FILLED ? VM_MAP_PREALLOC : 0,
	};
	struct vm_mmap_rep rep;

	if (call_vm_mmap(VM_PROC_NR, &req, &rep) != OK)
		return NULL;
	return (void *)(uintptr_t)rep.addr;
}

void
pages_put(void *p, size_t bytes)
{
	struct vm_munmap_req req = { vir_addr(p), PAGE_CEIL(bytes) };
	struct no_payload rep;
	int r = call_vm_munmap(VM_PROC_NR, &req, &rep);

	if (r != OK)
		printf("ds: VM does not take memory back: %d\n", r);
}
