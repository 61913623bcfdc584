/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot loader's information, and the memory that boot takes.
 */
#pragma once

#include <abi/types.h>

/**
 * Read what the boot loader left: memory, modules, parameters. Panics without a
 * Multiboot loader or without modules.
 *
 * @param[in] magic  what the loader left in eax
 * @param[in] info   physical address of the information structure
 * @source Multiboot specification 0.6.96
 */
void multiboot_read(uint32_t magic, phys_bytes info);

/**
 * Take a frame of memory, for ever. Panics when there is none.
 *
 * @return its address; it holds zeroes
 * @source own design
 */
phys_bytes multiboot_frame(void);

/**
 * No more frames are taken: note in kinfo what is left.
 * @source own design
 */
void multiboot_done(void);
