/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot processes.
 */
#pragma once

/**
 * Make the boot processes from their modules. Only RS may run, and may do
 * everything; the others have no privileges yet.
 * @source own design
 */
void boot_processes(void);
