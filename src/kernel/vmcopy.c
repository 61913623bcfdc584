/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies between address spaces: both sides are walked page by page, each
 * piece is moved once through the direct map.
 */
#include "kernel/vmcopy.h"

#include <abi/errno.h>
#include <abi/kcall_vm.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/counters.h"

/* A piece of memory that is contiguous for the kernel. */
struct piece {
	uint8_t *p;
	vir_bytes size;
};

struct place
place_kernel(const void *p)
{
	return place_phys((phys_bytes)(uintptr_t)p - KERNEL_BASE);
}

static inline bool
range_ok(struct place at, vir_bytes size)
{
	vir_bytes end = at.proc != NULL ? KERNEL_BASE : DIRECT_MAP_MAX;

	return size <= end && at.addr <= end - size;
}

/* What lies at a place, up to the end of its page. */
static inline bool
piece_find(struct place at, vir_bytes size, uint32_t access, struct piece *out)
{
	vir_bytes offset = at.addr % PAGE_SIZE;
	uint32_t entry;

	out->size = size;
	if (at.proc == NULL) {
		out->p = phys_ptr(at.addr);
		return true;
	}
	entry = arch_page_entry(at.proc->page_dir, at.addr);
	if ((entry & access) != access || (entry & PTE_FRAME) >= DIRECT_MAP_MAX)
		return false;
	if (size > PAGE_SIZE - offset)
		out->size = PAGE_SIZE - offset;
	out->p = phys_ptr((entry & PTE_FRAME) + offset);
	return true;
}

static inline void
bytes_copy(uint8_t *dst, const uint8_t *src, vir_bytes size)
{
	uint32_t words = size / 4;

	__asm__ volatile("rep movsl"
			 : "+D"(dst), "+S"(src), "+c"(words)
			 :
			 : "memory");
	words = size % 4;
	if (words != 0)
		__asm__ volatile("rep movsb"
				 : "+D"(dst), "+S"(src), "+c"(words)
				 :
				 : "memory");
}

static inline void
bytes_set(uint8_t *dst, uint8_t pattern, vir_bytes size)
{
	uint32_t words = size / 4, value = pattern * 0x01010101u;

	__asm__ volatile("rep stosl"
			 : "+D"(dst), "+c"(words)
			 : "a"(value)
			 : "memory");
	words = size % 4;
	__asm__ volatile("rep stosb"
			 : "+D"(dst), "+c"(words)
			 : "a"(value)
			 : "memory");
}

/* Ask VM for the rest of a range that is not there. */
static int
range_ask(struct proc *requestor, struct place at, vir_bytes size, int write)
{
	struct vm_request req = {
		.kind = MEMREQ_CHECK,
		.target = at.proc->endpoint,
		.start = at.addr,
		.length = size,
		.write = write,
		.source = NONE,
	};

	return vm_suspend(requestor, &req);
}

int
data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags)
{
	bool try = requestor == NULL || (flags & COPY_TRY) != 0;
	int write = (flags & COPY_FORCE) != 0 ? MEMREQ_FORCE : 1;
	struct piece from, to;

	if (!range_ok(src, size) || !range_ok(dst, size))
		return -EFAULT;
	counters.bytes_copied += size;
	while (size > 0) {
		if (!piece_find(src, size, PTE_P | PTE_U, &from))
			return try ? -EFAULT
				   : range_ask(requestor, src, size, 0);
		if (!piece_find(dst, from.size, PTE_P | PTE_U | PTE_W, &to))
			return try ? -EFAULT
				   : range_ask(requestor, dst, size, write);
		bytes_copy(to.p, from.p, to.size);
		src.addr += to.size;
		dst.addr += to.size;
		size -= to.size;
	}
	return OK;
}

int
copy_from_user(struct proc *requestor, struct place src, void *dst,
    vir_bytes size)
{
	struct piece from;

	/* Most things are small and lie in one page. */
	if (!range_ok(src, size) ||
	    !piece_find(src, size, PTE_P | PTE_U, &from) || from.size != size)
		return data_copy(requestor, src, place_kernel(dst), size, 0);
	counters.bytes_copied += size;
	bytes_copy(dst, from.p, size);
	return OK;
}

int
copy_to_user(struct proc *requestor, struct place dst, const void *src,
    vir_bytes size)
{
	return data_copy(requestor, place_kernel(src), dst, size, 0);
}

int
data_memset(struct proc *requestor, struct place dst, vir_bytes size,
    uint8_t pattern, uint32_t flags)
{
	struct piece to;

	if (!range_ok(dst, size))
		return -EFAULT;
	while (size > 0) {
		if (!piece_find(dst, size, PTE_P | PTE_U | PTE_W, &to))
			return (flags & COPY_TRY) != 0
			    ? -EFAULT
			    : range_ask(requestor, dst, size, 1);
		bytes_set(to.p, pattern, to.size);
		dst.addr += to.size;
		size -= to.size;
	}
	return OK;
}

int
umap_lookup(const struct proc *p, vir_bytes addr, phys_bytes *phys,
    vir_bytes *contiguous, vir_bytes limit)
{
	vir_bytes size = PAGE_SIZE - addr % PAGE_SIZE;
	uint32_t entry, first;

	if (addr >= KERNEL_BASE)
		return -EFAULT;
	first = arch_page_entry(p->page_dir, addr);
	if ((first & PTE_P) == 0)
		return -EFAULT;
	while (size < limit && addr + size < KERNEL_BASE) {
		entry = arch_page_entry(p->page_dir, addr + size);
		if ((entry & PTE_P) == 0 ||
		    (entry & PTE_FRAME) !=
			(first & PTE_FRAME) + PAGE_FLOOR(addr + size) -
			    PAGE_FLOOR(addr))
			break;
		size += PAGE_SIZE;
	}
	*phys = (first & PTE_FRAME) + addr % PAGE_SIZE;
	*contiguous = size < limit ? size : limit;
	return OK;
}
