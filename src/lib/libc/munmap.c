/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * munmap: VM takes memory back.
 */
#include "lib/libc/port.h"

#include <sys/mman.h>

#include <proto/vm.h>

int
munmap(void *addr, size_t len)
{
	struct vm_munmap_req req = {
		.addr = (vir_bytes)addr,
		.length = len,
	};

	return errno_return(
	    msg_call(VM_PROC_NR, VM_MUNMAP, &req, sizeof req, NULL, 0));
}
