/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Ending or restarting the whole system.
 */
#ifndef LACUNA_SYS_REBOOT_H
#define LACUNA_SYS_REBOOT_H

#include <_ansi.h>

#define RB_HALT     0 /* stop and switch off */
#define RB_AUTOBOOT 1 /* start again */

_BEGIN_STD_C

int reboot(int __how);

_END_STD_C

#endif
