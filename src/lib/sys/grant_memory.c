/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory for a larger grant table, from VM. Weak: VM itself has its own.
 */
#include <lacuna/safecopies.h>

#include <abi/endpoint.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <proto/vm.h>

__attribute__((weak)) void *
grant_memory_get(size_t bytes)
{
	struct vm_mmap_req req = {
		.length = PAGE_CEIL(bytes),
		.prot = VM_PROT_READ | VM_PROT_WRITE,
	};
	struct vm_mmap_rep rep;
	int r;

	r = msg_call(VM_PROC_NR, VM_MMAP, &req, sizeof req, &rep, sizeof rep);
	return r == OK ? (void *)(uintptr_t)rep.addr : NULL;
}

__attribute__((weak)) void
grant_memory_put(void *p, size_t bytes)
{
	struct vm_munmap_req req = { vir_addr(p), PAGE_CEIL(bytes) };

	/* If VM does not want it back, it is lost: no harm beyond that. */
	(void)msg_call(VM_PROC_NR, VM_MUNMAP, &req, sizeof req, NULL, 0);
}
