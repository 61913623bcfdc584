/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Groups of blocks, and their descriptors.
 */
#pragma once

#include "fs/ext2/cache.h"
#include "fs/ext2/volume.h"

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
