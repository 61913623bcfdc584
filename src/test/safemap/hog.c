/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See test/safemap/hog.h. Frames are taken in ever smaller chunks, as VM has a
 * bound for the regions of a process.
 */
#include "test/safemap/hog.h"

#include <abi/errno.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <proto/vm.h>

PROTO_STUB(VM_INFO, vm_info)
PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)

#define CHUNKS 64

static struct vm_munmap_req chunk[CHUNKS];
static int chunks;

static bool
take(uint32_t pages)
{
	struct vm_mmap_req req = {
		.length = pages * PAGE_SIZE,
		.prot = VM_PROT_READ | VM_PROT_WRITE,
		.flags = VM_MAP_PREALLOC,
	};
	struct vm_mmap_rep rep;

	if (chunks == CHUNKS || call_vm_mmap(VM_PROC_NR, &req, &rep) != OK)
		return false;
	chunk[chunks++] = (struct vm_munmap_req){ rep.addr, req.length };
	return true;
}

int
hog_take(uint32_t left)
{
	struct vm_info_req req = { SELF };
	struct vm_info_rep rep;
	uint32_t pages = 1u << 16;

	while (pages > 0 && call_vm_info(VM_PROC_NR, &req, &rep) == OK) {
		while (pages > 0 && pages + left > rep.frames_free)
			pages /= 2;
		if (pages == 0 || !take(pages))
			pages /= 2;
	}
	return chunks;
}

int
hog_give(int keep)
{
	struct no_payload none;
	int r = OK;

	while (chunks > keep && r == OK) {
		r = call_vm_munmap(VM_PROC_NR, &chunk[chunks - 1], &none);
		chunks--;
	}
	return r;
}
