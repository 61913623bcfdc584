/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The file system that is mounted: its superblock and what follows from it.
 */
#pragma once

#include <abi/types.h>

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

extern struct mounted fs; /**< volume.c */

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
volume_blocks_free(void)
{
	return fs.super.free_blocks_count;
}
