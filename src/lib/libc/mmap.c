/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mmap: VM gives anonymous private memory; there are no mapped files.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/mman.h>

#include <proto/vm.h>

_Static_assert(PROT_READ == VM_PROT_READ && PROT_WRITE == VM_PROT_WRITE &&
	PROT_EXEC == VM_PROT_EXEC && MAP_FIXED == VM_MAP_FIXED,
    "numbers of mmap");

void *
mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset)
{
	struct vm_mmap_req req = {
		.addr = (vir_bytes)addr,
		.length = len,
		.prot = (uint32_t)prot,
		.flags = (uint32_t)flags & MAP_FIXED,
	};
	struct vm_mmap_rep rep;
	int r = OK;

	(void)fd, (void)offset;
	if (!(flags & MAP_ANONYMOUS))
		r = -ENODEV;
	else if ((flags & (MAP_PRIVATE | MAP_SHARED)) != MAP_PRIVATE)
		r = -EINVAL;
	if (r == OK)
		r = msg_call(VM_PROC_NR, VM_MMAP, &req, sizeof req, &rep,
		    sizeof rep);
	if (r != OK)
		return (void *)(intptr_t)errno_return(r);
	return (void *)rep.addr;
}
