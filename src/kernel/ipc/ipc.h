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

/** The IPC trap of a process; its registers hold the arguments. */
_Noreturn REGPARM void ipc_trap(struct proc *caller);

/** Make the call that was put off at an entry stop (MF_SC_DEFER). */
void ipc_deferred(struct proc *caller);

/**
 * Leave a notification. Never blocks and never fails; repeated ones merge.
 * Nothing happens when the receiver is no service.
 *
 * @param[in] from  service or task
 */
REGPARM void ipc_notify(struct proc *from, struct proc *to);

/** Notify a service from SYSTEM that signal sig is pending for it. */
void ipc_notify_signal(struct proc *to, int sig);

/**
 * Send on behalf of a process as if it had trapped, the message being in the
 * kernel. It blocks in SENDING when the receiver is not ready. Used for page
 * faults; the receiver sees IPC_FLG_MSG_FROM_KERNEL.
 */
void ipc_send_kernel(struct proc *from, struct proc *to,
    const struct message *m);

/**
 * Take an endpoint out of circulation: its IPC is aborted, its tables are
 * forgotten, everybody blocked on it or with asynchronous mail for it gets
 * -EDEADSRCDST. Sets RTS_NO_ENDPOINT.
 */
void ipc_remove(struct proc *victim);

/** Fail everybody blocked on victim, which itself may live on. */
void ipc_clear_refs(struct proc *victim);

/** Forget the message and the receive in progress; for exec. */
void ipc_abort_receive(struct proc *p);

/** Is the message of p still on its way (it is SENDING or deferred)? */
bool ipc_in_transit(const struct proc *p);
