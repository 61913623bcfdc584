/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the boot loader left, and the boot processes made of it.
 */
#pragma once

#include <abi/getinfo.h>

/** What GET_KINFO tells; set by boot.c. */
extern struct kinfo kinfo;

/** The boot services, by slot; set by boot.c. */
extern struct boot_image boot_image[NR_BOOT_PROCS];

/** Events since boot; in main.c. */
extern struct kernel_counters counters;

/**
 * Read what the boot loader left: memory, modules, parameters. Panics without a
 * Multiboot loader or without modules.
 *
 * @param[in] magic  what the loader left in eax
 * @param[in] info   physical address of the information structure
 * @source Multiboot specification 0.6.96
 */
void boot_init(uint32_t magic, phys_bytes info);

/**
 * Make the boot processes from their modules. Only RS may run, and may do
 * everything; the others have no privileges yet.
 * @source own design
 */
void boot_processes(void);
