/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The primitives, beyond the cases that the trap decides in line. The
 * caller's buffer is at its delivermsg_vir, which has been checked. They
 * return the status for the caller's result register, or -EVMSUSPEND when the
 * trap will be repeated because the message was not in memory.
 */
#pragma once

#include <abi/errno.h>

#include "kernel/proc.h"

/**
 * Send the message in the caller's buffer to a process that is not waiting for
 * it: block, unless that would be a deadlock.
 *
 * @param[in,out] caller     sender
 * @param[in,out] dst        receiver
 * @param[in]     primitive  SEND or SENDREC; SENDNB: do not block
 *
 * @retval OK            the caller is queued
 * @retval -EDEADSRCDST  dst takes no messages any more
 * @retval -ENOTREADY    SENDNB
 * @retval -ELOCKED      it would be a deadlock
 * @retval -EVMSUSPEND   the message is not in memory
 * @source own design, after MINIX 3
 */
REGPARM int ipc_send_wait(struct proc *caller, struct proc *dst,
    uint32_t primitive);

/**
 * Receive into the caller's buffer, looking at all that may be there; block if
 * nothing is.
 *
 * @param[in,out] caller  receiver
 * @param[in]     src     NULL: from anybody
 *
 * @retval OK            a message is in the delivery buffer, or caller waits
 * @retval -EDEADSRCDST  src takes no messages any more
 * @retval -ELOCKED      it would be a deadlock
 * @source own design, after MINIX 3
 */
REGPARM int ipc_receive_any_kind(struct proc *caller, struct proc *src);

/**
 * Take over a table of asynchronous sends, in place of the one before.
 *
 * @param[in,out] caller   sender
 * @param[in]     table    its address in the caller
 * @param[in]     entries  in the table; 0: there is none
 *
 * @retval OK            each entry is finished or waits
 * @retval -ETRAPDENIED  not allowed to the caller
 * @retval -EPERM        the caller is no service
 * @retval -EDOM         too many entries
 * @retval -EFAULT       the table is not in user space
 * @retval -EINVAL       an entry made no sense; the others are taken over
 * @retval -EVMSUSPEND   the table is not in memory
 * @source own design, after MINIX 3
 */
int ipc_do_senda(struct proc *caller, vir_bytes table, uint32_t entries);

/**
 * Take a message for a receiver out of the tables of asynchronous sends.
 *
 * @param[in,out] receiver  receiver
 * @param[in]     src       NULL: of anybody
 * @return true: a message is in its delivery buffer
 * @source own design, after MINIX 3
 */
bool ipc_async_take(struct proc *receiver, struct proc *src);

/**
 * Complete all entries for a process in all tables with -EDEADSRCDST.
 *
 * @param[in,out] victim  process
 * @source own design, after MINIX 3
 */
void ipc_async_fail(struct proc *victim);
