/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The channel from the kernel to VM: page faults, which are messages of the
 * process that faulted, and memory requests (the part that kernel calls use
 * is in vmcopy.h).
 */
#pragma once

#include "kernel/proc.h"

/**
 * Report a page fault to VM. The process waits (RTS_PAGEFAULT) until VM says
 * VMCTL_CLEAR_PAGEFAULT; then its instruction runs again. A fault of VM
 * itself is a panic.
 *
 * @param[in] error  the processor's error code
 */
void vmreq_page_fault(struct proc *p, vir_bytes addr, uint32_t error);

/**
 * The kernel met a fault on the buffer of an IPC or kernel-call trap. Has VM
 * look at it and the trap instruction run again.
 *
 * @retval -EVMSUSPEND  the result register must not be written
 * @retval -EFAULT      p is VM
 */
int vmreq_trap_fault(struct proc *p);

/** The message of p could not be copied to its buffer: p waits for VM and the
 * copy is tried again, or it gets SIGSEGV. */
void vmreq_deliver_fault(struct proc *p);
