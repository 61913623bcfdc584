/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The map of a file: from its own block numbers to the device's. Twelve are in
 * the inode, the others in blocks of pointers, one, two or three levels deep.
 * A pointer 0 is a hole, which reads as zeros.
 */
#pragma once

#include "fs/ext2/cache.h"
#include "fs/ext2/inode.h"
#include "fs/ext2/volume.h"

/** A block of pointers, as an array. */
static inline uint32_t *
map_pointers(struct buf *b)
{
	return (uint32_t *)(void *)b->data;
}

static inline uint32_t
map_pointers_in_block(void)
{
	return fs.block_size / sizeof(uint32_t);
}

/**
 * Find a block. May block, as all here.
 *
 * @param[in]  ip     inode that has blocks
 * @param[in]  index  block of the file
 * @param[out] block  block of the device; 0: a hole
 *
 * @retval OK     found
 * @retval -EFBIG no file is that long
 * @retval -EIO   a pointer is wrong, or cannot be read
 * @source layout.h
 */
int map_find(const struct inode *ip, uint32_t index, uint32_t *block);

/**
 * Find a block and those that follow it in the file and on the device.
 *
 * @param[in]  ip     inode that has blocks
 * @param[in]  index  first block of the file
 * @param[in]  most   how many are of interest, at least 1
 * @param[out] block  first block of the device; 0: a hole
 * @param[out] n      blocks side by side, 1 to most. There may be more of
 *                    them: only one block of pointers is looked at
 *
 * @return as map_find()
 * @source layout.h
 */
int map_run(const struct inode *ip, uint32_t index, uint32_t most,
    uint32_t *block, uint32_t *n);

/**
 * Find a block, or else allocate one. Nothing has changed when it fails.
 *
 * @param[out] fresh  it was allocated; the caller must give it contents
 *
 * @retval -ENOSPC  there is not enough room for it and its pointers
 * @return or as map_find()
 * @source layout.h
 */
int map_make(struct inode *ip, uint32_t index, uint32_t *block, bool *fresh);

/**
 * Free all blocks of a file from one on.
 *
 * @param[in] ip     inode that has blocks
 * @param[in] index  first block of the file that goes
 *
 * @retval OK    done
 * @retval -EIO  some pointers were wrong; those are left, all others done
 * @source layout.h
 */
int map_truncate(struct inode *ip, uint32_t index);

/** Mark all blocks of a file as used or free, see inode_hide_nameless().
 * @retval -EIO  a pointer is wrong; those before it are marked */
int map_walk(const struct inode *ip, bool used);
