/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Replacing the driver while it runs.
 */
#pragma once

struct tty;

/**
 * Can the driver be replaced in this state?
 *
 * @param[in] state  one of enum sef_lu_state
 *
 * @retval OK          yes
 * @retval -ENOTREADY  not yet
 */
int tty_update_prepare(int state);

/** Keep settings and input of all terminals for the next instance.
 * @return OK, or an error of the data store */
int tty_update_save(int state);

/** Take them back. @param[in,out] t  as line_init() has made it */
void tty_update_restore(struct tty *t);
