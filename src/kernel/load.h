/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Address spaces of the boot services. Later ones are VM's work.
 */
#pragma once

#include <abi/getinfo.h>

/**
 * Copy a boot module's segments into frames and map them and a stack.
 *
 * @param[in]  image  with file, file_size and page_dir
 * @param[out] pc     where to start
 * @param[out] sp     above it is a zero argument vector
 *
 * @retval OK        loaded
 * @retval -ENOEXEC  no static i386 ELF program for user space
 * @source System V ABI, Intel386 supplement
 */
int load_program(const struct boot_image *image, vir_bytes *pc, vir_bytes *sp);

/**
 * Map all physical memory at VM_WINDOW.
 *
 * @param[in] page_dir  VM's
 * @source own design
 */
void load_window(phys_bytes page_dir);
