/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Interprocess communication: rendezvous messages, notifications and tables
 * of asynchronous sends. A receive looks at pending notifications, then
 * asynchronous messages, then blocked senders. A message waits in a kernel
 * buffer of its sender (queued) or receiver (taken) and reaches the
 * receiver's memory just before the receiver runs.
 */
#pragma once

#include <abi/ipc.h>

#include "kernel/proc.h"

/**
 * The IPC trap. Continues the best ready process.
 *
 * @param[in,out] caller  its registers hold the arguments, see <abi/ipc.h>
 * @source own design, after MINIX 3
 */
_Noreturn REGPARM void ipc_trap(struct proc *caller);

/**
 * Leave a notification. Never blocks and never fails; repeated ones merge.
 * Nothing happens when the receiver is no service.
 *
 * @param[in]     from  service or task
 * @param[in,out] to    receiver
 * @source own design, after MINIX 3
 */
REGPARM void ipc_notify(struct proc *from, struct proc *to);

/**
 * Notify a service from SYSTEM that a system signal is pending for it.
 *
 * @param[in,out] to   receiver
 * @param[in]     sig  1 .. 31
 * @source own design, after MINIX 3
 */
void ipc_notify_signal(struct proc *to, int sig);

/**
 * Send on behalf of a process as if it had trapped, the message being in the
 * kernel. It blocks in SENDING when the receiver is not ready. Used for page
 * faults; the receiver sees IPC_FLG_MSG_FROM_KERNEL.
 *
 * @param[in,out] from  must not be sending or receiving
 * @param[in,out] to    receiver
 * @param[in]     m     is copied
 * @source own design
 */
void ipc_send_kernel(struct proc *from, struct proc *to,
    const struct message *m);

/**
 * Take an endpoint out of circulation: its IPC is aborted, its tables are
 * forgotten, everybody blocked on it or with asynchronous mail for it gets
 * -EDEADSRCDST. Sets RTS_NO_ENDPOINT.
 *
 * @param[in,out] victim  live process
 * @source own design, after MINIX 3
 */
void ipc_remove(struct proc *victim);

/**
 * Fail everybody blocked on a process, which itself may live on.
 *
 * @param[in,out] victim  process
 * @source own design, after MINIX 3
 */
void ipc_clear_refs(struct proc *victim);

/**
 * Forget the message and the receive in progress; for exec.
 *
 * @param[in,out] p  process
 * @source own design, after MINIX 3
 */
void ipc_abort_receive(struct proc *p);

/**
 * Is a message still on its way: is the process sending, or stopped on entry of
 * a call?
 *
 * @param[in] p  process
 * @return whether it is
 * @source own design, after MINIX 3
 */
bool ipc_in_transit(const struct proc *p);
