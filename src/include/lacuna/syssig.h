/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls on signals. The kernel only knows that a process has signals
 * and who manages it; the manager (PM for user processes, RS for services) is
 * notified by SYSTEM with SIGKSIG, fetches them, disposes of them, and says
 * so. The process does not run in the meantime.
 */
#pragma once

#include <abi/errno.h>
#include <abi/kcall.h>

/**
 * Raise a signal. Its manager decides what it does.
 *
 * @param[in] ep   process
 * @param[in] sig  1 to _NSIG - 1
 *
 * @retval OK       pending, or handed to the manager
 * @retval -EINVAL  ep is no process, or no such signal
 * @retval -EPERM   ep is a source of notifications
 * @source own design, after MINIX 3
 */
int sys_kill(endpoint_t ep, int sig);

/**
 * Next process managed by the caller that has new signals. They are no longer
 * pending in the kernel; sys_endksig() must follow.
 *
 * @param[out] ep   the process; NONE when there is no more
 * @param[out] set  its signals, KSIG_BIT() each
 *
 * @retval OK  both are set
 * @source own design, after MINIX 3
 */
int sys_getksig(endpoint_t *ep, ksigset_t *set);

/**
 * Say that the signals of a process are disposed of. It goes on, unless more
 * have come.
 *
 * @retval OK       done
 * @retval -EINVAL  ep is no process, or no signal of it was fetched
 * @retval -EPERM   the caller does not manage ep
 * @source own design, after MINIX 3
 */
int sys_endksig(endpoint_t ep);

/**
 * Make a stopped process call a signal handler when it goes on: save its
 * state on its stack, under a frame that returns to msg->sm_sigreturn. May
 * wait for VM; nothing has changed when it fails.
 *
 * @param[in] ep   process
 * @param[in] msg  signal, handler, mask
 *
 * @retval OK       done
 * @retval -EINVAL  ep is no process, or no such signal
 * @retval -EPERM   ep is a source of notifications
 * @retval -EFAULT  its stack cannot be written: to be killed
 * @retval -ENOMEM  VM has no memory for its stack: to be killed
 * @source own design, after MINIX 3
 */
int sys_sigsend(endpoint_t ep, const struct sigmsg *msg);

/**
 * Restore the state that sys_sigsend() saved. Segment registers and the
 * system bits of the flags stay as they are. May wait for VM.
 *
 * @param[in]  ep       process
 * @param[in]  context  address of its struct sig_context
 * @param[out] mask     signal mask to be restored
 *
 * @retval OK       done: ep has left the request it was in and runs on, so it
 *                  gets no reply
 * @retval -EINVAL  ep is no process
 * @retval -EPERM   ep is a source of notifications
 * @retval -EFAULT  context cannot be read
 * @source own design, after MINIX 3
 */
int sys_sigreturn(endpoint_t ep, vir_bytes context, ksigset_t *mask);
