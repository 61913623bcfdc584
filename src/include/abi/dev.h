/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Device numbers: major names the driver, minor the device it serves.
 */
#pragma once

#include <stdint.h>

#define NO_DEV                 0u
#define dev_make(major, minor) (((uint32_t)(major) << 8) | (uint32_t)(minor))
#define dev_major(dev)         ((uint32_t)(dev) >> 8)
#define dev_minor(dev)         ((uint32_t)(dev)&0xff)

#define NR_MAJORS 64 /* drivers have 1 .. NR_MAJORS - 1 */

#define MEMORY_MAJOR 1
#define ATA_MAJOR    3
#define TTY_MAJOR    4
#define CTTY_MAJOR   5 /* /dev/tty: VFS turns it into the caller's terminal */
#define LOG_MAJOR    15
#define PIPE_MAJOR   30 /* pretended device of the pipe server */

/* memory */
#define MEM_MINOR    1
#define KMEM_MINOR   2
#define NULL_MINOR   3
#define ZERO_MINOR   5
#define RANDOM_MINOR 8

/* tty */
#define CONSOLE_MINOR 0 /* the boot console: VGA or first serial line */
#define VGA_MINOR     1
#define SERIAL_MINOR  16 /* and the next, for the second serial line */

/* ata: drive * ATA_DRIVE_MINORS, + 1..4 for its primary partitions */
#define ATA_DRIVE_MINORS 8
