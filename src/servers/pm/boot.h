/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The processes of the boot image.
 */
#pragma once

/**
 * Enter the boot processes into the table.
 *
 * @return OK, or a negative error of the kernel
 */
int boot_procs(void);
