/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The channel from the kernel to VM: page faults, which are messages of the
 * process that faulted, and memory requests, with which kernel calls and
 * deliveries wait for VM.
 */
#pragma once

#include "kernel/proc.h"

/**
 * Report a page fault to VM. The process waits (RTS_PAGEFAULT) until VM says
 * VMCTL_CLEAR_PAGEFAULT; then its instruction runs again. A fault of VM itself
 * is a panic, one on a kernel address SIGSEGV.
 *
 * @param[in,out] p      who faulted
 * @param[in]     addr   where
 * @param[in]     error  the processor's error code
 * @source own design, after MINIX 3
 */
void vmreq_page_fault(struct proc *p, vir_bytes addr, uint32_t error);

/**
 * The kernel met a fault on the buffer of an IPC or kernel-call trap
 * (user_fault). Has VM look at it and the trap instruction run again, or ends
 * the trap with VM's refusal: a wild pointer is an error of the call.
 *
 * @param[in,out] p  who trapped
 *
 * @retval -EVMSUSPEND  the result register must not be written
 * @retval -EFAULT      not memory of p; or p is VM, which nobody can help
 * @retval -ENOMEM      VM has no frame for it
 * @source own design
 */
int vmreq_trap_fault(struct proc *p);

/**
 * The message of a process could not be copied to its buffer. It waits for VM
 * and the copy is tried again, or it gets SIGSEGV.
 *
 * @param[in,out] p  receiver, MF_DELIVERMSG is set
 * @source own design
 */
void vmreq_deliver_fault(struct proc *p);

/**
 * Ask VM for something and suspend the kernel call until it has answered. A
 * handler calls this again, with the same request, when it is repeated, and
 * then gets VM's status. Map requests must be the last step of a handler.
 *
 * @param[in,out] requestor  whose kernel call this is
 * @param[in]     req        what is wanted
 *
 * @retval -EVMSUSPEND  return this from the handler
 * @retval -EFAULT      requestor or target is VM itself
 * @return or VM's answer
 * @source own design
 */
int vm_suspend(struct proc *requestor, const struct vm_request *req);

/**
 * Take the answer to a request of some kind, for a handler that cannot, or
 * need not, make the same request again.
 *
 * @param[in,out] requestor  whose kernel call this is
 * @param[in]     kind       MEMREQ_*
 * @param[out]    status     VM's answer
 * @return false: the latest answer, if any, is to something else
 * @source own design
 */
bool vm_answer_take(struct proc *requestor, int kind, int *status);

/**
 * Hand out the oldest request that VM has not seen. If it changes what lies
 * where in a process, that does not run until VM has answered. A safe copy
 * that has had to wait is sent back to have its grant checked once more.
 *
 * @return the process that waits, now VMREQ_FETCHED; NULL: there is none
 * @source own design
 */
struct proc *vmreq_fetch(void);

/**
 * Record VM's answer to a process's request and let it go on.
 *
 * @param[in,out] p       who waits
 * @param[in]     status  OK or a negative error
 *
 * @retval OK      done
 * @retval -ESRCH  it has no request that VM has fetched
 * @source own design
 */
int vmreq_answer(struct proc *p, int status);

/**
 * Forget a process's request; it is dying.
 *
 * @param[in,out] p  process
 * @source own design
 */
void vmreq_cancel(struct proc *p);
