/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Group descriptors, and which blocks are the file system's own.
 */
#include "fs/ext2/group.h"
#include "fs/ext2/volume.h"

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
	    !in_range(d->inode_table, fs.table_blocks)) {
		cache_put(b);
		return -EIO;
	}
	gp->b = b;
	gp->d = d;
	return OK;
}

/* Where the tables of one group are: most questions are about that of the
 * question before. */
static struct {
	uint32_t g; /**< NO_BLOCK: none */
	uint32_t block_bitmap, inode_bitmap, inode_table;
} tables;

void
group_init(void)
{
	tables.g = NO_BLOCK;
}

static int
tables_get(uint32_t g)
{
	struct group group;
	int r = group_get(g, &group);

	if (r != OK)
		return r;
	tables.g = g;
	tables.block_bitmap = group.d->block_bitmap;
	tables.inode_bitmap = group.d->inode_bitmap;
	tables.inode_table = group.d->inode_table;
	cache_put(group.b);
	return OK;
}

static inline uint32_t
group_of(uint32_t block)
{
	return (block - fs.super.first_data_block) / fs.super.blocks_per_group;
}

int
group_data_block(uint32_t block)
{
	uint32_t g;
	int r = OK;

	if (!in_range(block, 1))
		return -EIO;
	g = group_of(block);
	if (g != tables.g)
		r = tables_get(g);
	if (r != OK)
		return r;
	return block == tables.block_bitmap || block == tables.inode_bitmap ||
		block - tables.inode_table < fs.table_blocks
	    ? -EIO
	    : OK;
}

/* Blocks from one on are before a limit, if that is not before all of them. */
static inline uint32_t
before(uint32_t block, uint32_t n, uint32_t limit)
{
	return limit > block && limit - block < n ? limit - block : n;
}

int
group_data_run(uint32_t block, uint32_t *n)
{
	int r = group_data_block(block);
	uint32_t g = group_of(block);

	if (r != OK)
		return r;
	*n = before(block, *n, group_first_block(g) + group_blocks(g));
	*n = before(block, *n, tables.block_bitmap);
	*n = before(block, *n, tables.inode_bitmap);
	*n = before(block, *n, tables.inode_table);
	return OK;
}
