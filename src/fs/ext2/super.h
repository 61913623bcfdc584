/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The mounted file system: superblock and group descriptors. The superblock
 * is kept here; what changes in it reaches the cache with super_write().
 */
#pragma once

#include <abi/types.h>

#include "fs/ext2/cache.h"
#include "fs/ext2/layout.h"

/** The file system that is mounted. Only this server's own code, which has
 * one thread, uses it. */
struct mounted {
	bool active;
	bool readonly;
	bool dirty;       /**< super is newer than its block in the cache */
	bool was_clean;   /**< when it was mounted, so it may be again */
	bool found_clean; /**< the disk said so itself */
	bool filetype;    /**< directory entries have types */
	bool large;       /**< sizes may have a high half */
	uint32_t dev;
	uint32_t block_size, block_shift, nr_groups;
	uint32_t inode_size, first_ino;
	uint32_t last_meta;    /**< last block of superblock and descriptors */
	uint32_t table_blocks; /**< of inodes, in each group */
	struct ext2_super super;
};

extern struct mounted fs; /**< in superblock.c */

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

/** Which block of a file has a position, and where in it. */
static inline uint32_t
block_index(int64_t position)
{
	return (uint32_t)(position >> fs.block_shift);
}

static inline uint32_t
block_offset(int64_t position)
{
	return (uint32_t)position & (fs.block_size - 1);
}

/** Blocks that a number of bytes takes. */
static inline uint32_t
blocks_for(int64_t bytes)
{
	return block_index(bytes + fs.block_size - 1);
}

/** The figures say the disk is full, or not. @source own design */
static inline uint32_t
super_blocks_free(void)
{
	return fs.super.free_blocks_count;
}

/** Forget what group_data_block() remembers, at mount. */
void group_init(void);

/** First block of a group. @source layout.h */
static inline uint32_t
group_first_block(uint32_t g)
{
	return fs.super.first_data_block + g * fs.super.blocks_per_group;
}

/** Blocks in a group: the last may be shorter. @source layout.h */
static inline uint32_t
group_blocks(uint32_t g)
{
	uint32_t left = fs.super.blocks_count - group_first_block(g);

	return left < fs.super.blocks_per_group ? left
						: fs.super.blocks_per_group;
}

/** A group descriptor, and the block that holds it. */
struct group {
	struct buf *b;
	struct ext2_group *d;
};

/**
 * Hold the descriptor of a group. After a change: cache_dirty(gp->b). Blocks.
 *
 * @retval OK    give it back with cache_put(gp->b)
 * @retval -EIO  cannot be read, or makes no sense
 * @source layout.h
 */
int group_get(uint32_t g, struct group *gp);

/**
 * May a block belong to a file? Not if it is out of range or holds the file
 * system's own tables. Blocks.
 *
 * @retval OK    yes
 * @retval -EIO  no: whoever points to it is damaged
 * @source own design
 */
int group_data_block(uint32_t block);

/**
 * The same for blocks side by side. Blocks.
 *
 * @param[in]     block  the first
 * @param[in,out] n      how many, at least 1; becomes less if not all of them
 *                       may, or if they lie in more than one group
 * @return as group_data_block() for the first
 * @source own design
 */
int group_data_run(uint32_t block, uint32_t *n);
