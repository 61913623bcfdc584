/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Job control: who may use a terminal.
 */
#pragma once

#include "drivers/tty/tty.h"

/** Is a terminal the controlling one of the user of a request?
 * @param[in] t terminal @param[in] io request @return whether it is */
bool tty_controls(const struct tty *t, const struct cdev_io *io);

/**
 * Job control: may the user of a request use its controlling terminal? Any
 * other it may. Asks PM, which never waits for drivers.
 *
 * @param[in] t    terminal
 * @param[in] io   request
 * @param[in] sig  SIGTTIN to read, SIGTTOU to write or to change something
 *
 * @retval OK           yes
 * @retval CHARDRIVER_REFUSED  no
 * @retval -ECALLAGAIN  not from the background: a signal is on its way
 * @source POSIX.1-2008, 11.1.4
 */
int tty_access(const struct tty *t, const struct cdev_io *io, int sig);

/**
 * May the user of a request put a group in the foreground?
 *
 * @param[in] t     terminal
 * @param[in] io    request
 * @param[in] pgrp  group
 *
 * @retval OK       yes
 * @retval -ENOTTY  it is not the user's controlling terminal
 * @retval -EPERM   no such group in its session
 * @source POSIX.1-2008, tcsetpgrp
 */
int tty_group_check(const struct tty *t, const struct cdev_io *io,
    int32_t pgrp);
