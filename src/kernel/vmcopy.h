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

#define COPY_TRY   1 /* fail with -EFAULT instead of asking VM */
#define COPY_FORCE 2 /* write even where the process may only read */

/** A place in memory. */
struct place {
	struct proc *proc; /**< NULL: physical memory */
	vir_bytes addr;
};

static inline struct place
place_in(struct proc *p, vir_bytes addr)
{
	return (struct place){ p, addr };
}

static inline struct place
place_phys(phys_bytes addr)
{
	return (struct place){ NULL, addr };
}

/** A place in the kernel's own memory. */
struct place place_kernel(const void *p);

/**
 * Copy bytes from place to place. Overlap within one process is undefined.
 *
 * @param[in,out] requestor  whose kernel call this is
 * @param[in]     flags      COPY_TRY, COPY_FORCE or 0
 *
 * @retval OK           all is copied
 * @retval -EFAULT      a range wraps or reaches into the kernel, or with
 *                      COPY_TRY is not there, or VM said so
 * @retval -EVMSUSPEND  wait for VM, see above
 */
int data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags);

/** data_copy() into a kernel buffer. */
int copy_from_user(struct proc *requestor, struct place src, void *dst,
    vir_bytes size);

/** data_copy() out of a kernel buffer. */
int copy_to_user(struct proc *requestor, struct place dst, const void *src,
    vir_bytes size);

/** Fill memory; errors as for data_copy(). */
int data_memset(struct proc *requestor, struct place dst, vir_bytes size,
    uint8_t pattern, uint32_t flags);

/**
 * Translate an address of a process as its page tables have it now.
 *
 * @param[in]  addr        below KERNEL_BASE
 * @param[out] phys        physical address of addr
 * @param[out] contiguous  bytes from there that are contiguous, up to limit
 *
 * @retval OK       set
 * @retval -EFAULT  not mapped
 */
int umap_lookup(const struct proc *p, vir_bytes addr, phys_bytes *phys,
    vir_bytes *contiguous, vir_bytes limit);

/**
 * Ask VM for something and suspend the kernel call until it has answered. A
 * handler calls this again, with the same request, when it is repeated, and
 * then gets VM's status. Map requests must be the last step of a handler.
 *
 * @retval -EVMSUSPEND  return this from the handler
 * @retval -EFAULT      requestor or target is VM itself
 * @return or VM's answer
 */
int vm_suspend(struct proc *requestor, const struct vm_request *req);

/**
 * Hand out the oldest request that VM has not seen.
 *
 * @return the process that waits, now VMREQ_FETCHED; NULL: there is none
 */
struct proc *vmreq_fetch(void);

/**
 * Record VM's answer to a process's request and let it go on.
 *
 * @retval OK      done
 * @retval -ESRCH  it has no request that VM has fetched
 */
int vmreq_answer(struct proc *p, int status);

/** Forget a process's request; it is dying. */
void vmreq_cancel(struct proc *p);
