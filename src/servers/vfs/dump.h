/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The state of VFS, for debugging.
 */
#pragma once

/** Print what is in the tables, and what each worker waits for. */
void vfs_dump(void);
