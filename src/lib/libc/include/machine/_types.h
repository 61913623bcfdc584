/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Widths of the types that cross into the system.
 *
 * newlib's default for i386 has 16-bit inode, device, user and group
 * numbers; here they have 32 bits. What is not named keeps newlib's choice:
 * off_t 32, time_t 64, mode_t 32, nlink_t 16 bits.
 */
#ifndef LACUNA_MACHINE__TYPES_H
#define LACUNA_MACHINE__TYPES_H

#include <machine/_default_types.h>

#define __machine_dev_t_defined
typedef __uint32_t __dev_t;

#define __machine_ino_t_defined
typedef __uint32_t __ino_t;

#define __machine_uid_t_defined
typedef __uint32_t __uid_t;

#define __machine_gid_t_defined
typedef __uint32_t __gid_t;

#define __machine_fsblkcnt_t_defined
typedef __uint32_t __fsblkcnt_t;

#endif
