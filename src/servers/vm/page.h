/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Pages as a process needs them: there, and its own before it is written.
 */
#pragma once

#include <abi/errno.h>

#include "servers/vm/region.h"

/** What somebody wants to do with memory. */
enum access {
	ACCESS_READ,
	ACCESS_WRITE,
	ACCESS_FORCE, /* write, even where the process itself may not */
};

/**
 * Make a page ready for an access: give it a frame of zeros if it has none,
 * give it a copy of its own if it is to be written and shared. A page that is
 * ready stays as it is.
 *
 * @param[in] addr    on the page
 * @param[in] access  what is wanted
 *
 * @retval OK       ready
 * @retval -EFAULT  the process has no memory there, or may not do this: a
 *                  window of it may be for looking only
 * @retval -ENOMEM  no frame; nothing has changed
 * @source own design
 */
int page_provide(struct vmproc *p, vir_bytes addr, enum access access);

/**
 * The same for all pages of a range.
 *
 * @param[in] length  bytes, not 0
 *
 * @retval OK       all are ready
 * @retval -EFAULT  not all of it is memory of the process
 * @retval -ENOMEM  no frame; pages before it are ready
 */
int page_provide_range(struct vmproc *p, vir_bytes start, vir_bytes length,
    enum access access);

/**
 * Give an empty page a frame whose contents the caller takes care of.
 *
 * @param[in]  addr   page of a region, not present
 * @param[in]  flags  PTE_*
 * @param[out] frame  its physical address
 *
 * @retval OK       *frame is set
 * @retval -ENOMEM  no frame
 */
int page_fill(struct vmproc *p, vir_bytes addr, uint32_t flags,
    phys_bytes *frame);

/**
 * Whether bytes are pages of user space.
 *
 * @retval OK       they are
 * @retval -EINVAL  there are none, or not whole pages
 * @retval -EFAULT  the range wraps, or reaches into the kernel
 */
static inline int
page_range(vir_bytes start, vir_bytes length)
{
	if (length == 0 || (start | length) % PAGE_SIZE != 0)
		return -EINVAL;
	if (length > KERNEL_BASE || start > KERNEL_BASE - length)
		return -EFAULT;
	return OK;
}

/** Whether a process, or the kernel for it, may touch a region so. */
bool page_may(const struct vmproc *p, const struct region *r,
    enum access access);

/**
 * Whether a range is memory of a process, as its regions have it, and the
 * access is permitted.
 *
 * @retval OK       it is
 * @retval -EFAULT  not all of it is
 */
int page_permitted(const struct vmproc *p, vir_bytes start, vir_bytes end,
    enum access access);

/** Entry flags of a page in a region, when it belongs to nobody else. While
 * an image is loading, what will be read-only is hidden. */
static inline uint32_t
page_flags(const struct vmproc *p, const struct region *r)
{
	if ((r->prot & VM_PROT_WRITE) != 0)
		return PTE_P | PTE_U | PTE_W;
	if (r->prot == 0)
		return 0;
	return (p->flags & VMF_LOADING) != 0 ? PTE_P : PTE_P | PTE_U;
}

/** What in an entry allows the kernel to write a page. Where the process may
 * not, the kernel may do so for its loader or its debugger. */
static inline uint32_t
page_write_flag(const struct region *r)
{
	return (r->prot & VM_PROT_WRITE) != 0 ? PTE_W : PTE_KW;
}

/**
 * Make an empty page a copy of another, here and now.
 *
 * @param[in]  from   entry of the other
 * @param[out] to     entry of the copy
 * @param[in]  flags  PTE_* of the copy
 *
 * @retval OK       *to is set
 * @retval -ENOMEM  no frame
 */
int page_duplicate(uint32_t from, uint32_t *to, uint32_t flags,
    enum frame_use use);
