/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies between address spaces, and the requests to VM they may need. The
 * kernel reaches all memory through its direct map: it walks the page tables
 * of both sides and copies bytes once. Page protection is honoured, so a
 * write to a page that is shared copy-on-write asks VM first.
 *
 * Where memory is not there (or not writable), the requestor is suspended:
 * the function returns -EVMSUSPEND, the handler must return that at once, and
 * the kernel repeats the *whole* kernel call when VM has answered. So a
 * handler must change nothing before its last copy. When VM could not help,
 * the repeated copy returns VM's status. VM itself is never suspended.
 */
#pragma once

#include "kernel/proc.h"
#include "kernel/vmreq.h"

#define COPY_TRY   1 /**< fail with -EFAULT instead of asking VM */
#define COPY_FORCE 2 /**< write even where the process may only read */

/** A place in memory. */
struct place {
	struct proc *proc; /**< NULL: physical memory */
	vir_bytes addr;
};

/** A place in a process. @param[in] p process @param[in] addr address
 * @return the place */
static inline struct place
place_in(struct proc *p, vir_bytes addr)
{
	return (struct place){ p, addr };
}

/** A place in physical memory. @param[in] addr address
 * @return the place */
static inline struct place
place_phys(phys_bytes addr)
{
	return (struct place){ NULL, addr };
}

/**
 * A place in the kernel's own memory.
 *
 * @param[in] p  in the direct map: variable, stack or frame
 * @return the place
 * @source own design
 */
struct place place_kernel(const void *p);

/**
 * Copy bytes from place to place. Overlap within one process is undefined.
 *
 * @param[in,out] requestor  whose kernel call this is; NULL: as with COPY_TRY
 * @param[in]     src        from
 * @param[in]     dst        to
 * @param[in]     size       bytes; 0 is fine
 * @param[in]     flags      COPY_TRY, COPY_FORCE or 0
 *
 * @retval OK           all is copied
 * @retval -EFAULT      a range wraps or reaches into the kernel, or with
 *                      COPY_TRY is not there, or VM said so
 * @retval -EVMSUSPEND  wait for VM, see above
 * @source own design
 */
int data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags);

/**
 * data_copy() into a kernel buffer; errors as there.
 *
 * @param[in,out] requestor  whose kernel call this is
 * @param[in]     src        from
 * @param[out]    dst        to; undefined unless OK
 * @param[in]     size       bytes
 * @return OK or an error of data_copy()
 * @source own design
 */
int copy_from_user(struct proc *requestor, struct place src, void *dst,
    vir_bytes size);

/**
 * data_copy() out of a kernel buffer; errors as there.
 *
 * @param[in,out] requestor  whose kernel call this is
 * @param[in]     dst        to
 * @param[in]     src        from
 * @param[in]     size       bytes
 * @return OK or an error of data_copy()
 * @source own design
 */
int copy_to_user(struct proc *requestor, struct place dst, const void *src,
    vir_bytes size);

/**
 * Fill memory; errors as for data_copy().
 *
 * @param[in,out] requestor  whose kernel call this is
 * @param[in]     dst        where
 * @param[in]     size       bytes
 * @param[in]     pattern    value of each
 * @param[in]     flags      COPY_TRY or 0
 * @return OK or an error of data_copy()
 * @source own design
 */
int data_memset(struct proc *requestor, struct place dst, vir_bytes size,
    uint8_t pattern, uint32_t flags);

/**
 * Translate an address of a process as its page tables have it now.
 *
 * @param[in]  p           process
 * @param[in]  addr        below KERNEL_BASE
 * @param[out] phys        physical address of addr
 * @param[out] contiguous  bytes from there that are contiguous
 * @param[in]  limit       more than so many are of no interest
 *
 * @retval OK       set
 * @retval -EFAULT  not mapped
 * @source own design
 */
int umap_lookup(const struct proc *p, vir_bytes addr, phys_bytes *phys,
    vir_bytes *contiguous, vir_bytes limit);
