/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the boot loader left, and the boot processes made of it.
 */
#pragma once

#include <abi/getinfo.h>

extern struct kinfo kinfo;                          /* boot.c */
extern struct boot_image boot_image[NR_BOOT_PROCS]; /* boot.c, by slot */
extern struct kernel_counters counters;             /* main.c */

/**
 * Read the Multiboot information and build the boot processes.
 * @param[in] info  physical address of the structure
 */
void boot_init(uint32_t magic, phys_bytes info);

/** Make the boot processes from their modules. */
void boot_processes(void);
