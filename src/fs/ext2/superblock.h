/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Superblock and group descriptors when a file system is mounted. Changes of
 * the superblock are made in `fs'; they reach the cache with super_write().
 */
#pragma once

#include "fs/ext2/volume.h"

/**
 * Read and check superblock and group descriptors. The device is open. Blocks.
 *
 * @param[in] dev       for stat
 * @param[in] readonly  do not write; set if features demand it
 *
 * @retval OK       fs is set, the cache initialised
 * @retval -EINVAL  no ext2, or one with incompatible features
 * @retval -EIO     cannot be read, or its figures contradict each other
 * @source layout.h
 */
int super_load(uint32_t dev, bool readonly);

/**
 * Put the superblock into the cache.
 *
 * @retval OK    done, or there was nothing to do
 * @retval -EIO  its block cannot be read
 * @source own design
 */
int super_write(void);
