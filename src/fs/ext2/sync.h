/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From the cache to the disk.
 */
#pragma once

/**
 * Write everything, all of it or nothing; nameless inodes are not there, as far
 * as the disk knows. Blocks.
 *
 * @retval OK    it is on the disk
 * @retval -EIO  the disk failed; another try may do
 * @source own design
 */
int sync_all(void);

/**
 * Write everything if the cache is full of changes: at a moment when what is in
 * memory fits together. What cannot be written is tried again later. Blocks.
 * @source own design
 */
void sync_relieve(void);
