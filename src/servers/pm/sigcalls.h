/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Sending signals, as kill(2) does.
 */
#pragma once

#include "servers/pm/proc.h"

/**
 * Send a signal to one process, a group or everybody, as kill(2).
 *
 * @param[in] who  sender
 * @param[in] pid  target as in kill(2)
 * @param[in] sig  0 .. _NSIG-1
 *
 * @retval OK       at least one process was reached
 * @retval -EINVAL  no such signal, or SIGKILL to init
 * @retval -ESRCH   no such process
 * @retval -EPERM   none of them may be signalled by the sender
 */
int sig_kill(struct mproc *who, int32_t pid, int sig);
