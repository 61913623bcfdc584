/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Group descriptors, and which blocks are the file system's own.
 */
#include "fs/ext2/super.h"

#include <abi/errno.h>

/* Do n blocks lie in the device, behind the first tables? */
static bool
in_range(uint32_t block, uint32_t n)
{
	return block > fs.last_meta && block < fs.super.blocks_count &&
	    n <= fs.super.blocks_count - block;
}

int
group_get(uint32_t g, struct group *gp)
{
	uint32_t per_block = fs.block_size / sizeof(struct ext2_group);
	uint32_t block = fs.super.first_data_block + 1 + g / per_block;
	struct ext2_group *d;
	struct buf *b;
	int r;

	r = cache_get(block, CACHE_READ, &b);
	if (r != OK)
		return r;
	d = (struct ext2_group *)(void *)b->data + g % per_block;
	if (!in_range(d->block_bitmap, 1) || !in_range(d->inode_bitmap, 1) ||
	    !in_range(d->inode_table, fs.table_blocks) ||
	    d->free_blocks_count > fs.super.blocks_per_group ||
	    d->free_inodes_count > fs.super.inodes_per_group) {
		cache_put(b);
		return -EIO;
	}
	gp->b = b;
	gp->d = d;
	return OK;
}

int
group_data_block(uint32_t block)
{
	const struct ext2_group *d;
	struct group group;
	int r;

	if (!in_range(block, 1))
		return -EIO;
	r = group_get((block - fs.super.first_data_block) /
		fs.super.blocks_per_group,
	    &group);
	if (r != OK)
		return r;
	d = group.d;
	if (block == d->block_bitmap || block == d->inode_bitmap ||
	    (block >= d->inode_table &&
		block - d->inode_table < fs.table_blocks))
		r = -EIO;
	cache_put(group.b);
	return r;
}
