/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Counts of what is free, see fs/ext2/recount.h. */
#include "fs/ext2/recount.h"

#include <abi/errno.h>

#include "fs/ext2/alloc.h"
#include "fs/ext2/group.h"
#include "fs/ext2/volume.h"

/* Inodes of a group may not all be free: some are the file system's own. */
static bool
is_possible(const struct ext2_group *d, uint32_t g)
{
	return d->free_blocks_count <= group_blocks(g) &&
	    d->free_inodes_count <= fs.super.inodes_per_group &&
	    d->used_dirs_count <=
	    fs.super.inodes_per_group - d->free_inodes_count;
}

int
recount_wanted(bool *wrong)
{
	uint64_t blocks = 0, inodes = 0;
	struct group group;
	uint32_t g;
	int r;

	*wrong = false;
	for (g = 0; g < fs.nr_groups; g++) {
		r = group_get(g, &group);
		if (r != OK)
			return r;
		blocks += group.d->free_blocks_count;
		inodes += group.d->free_inodes_count;
		*wrong = *wrong || !is_possible(group.d, g);
		cache_put(group.b);
	}
	*wrong = *wrong || blocks != fs.super.free_blocks_count ||
	    inodes != fs.super.free_inodes_count;
	return OK;
}

/* Zeros among the first n bits of a bitmap. */
static int
zeros_count(uint32_t block, uint32_t n, uint32_t *zeros)
{
	struct buf *b;
	uint32_t i;
	int r = cache_get(block, CACHE_READ, &b);

	*zeros = 0;
	for (i = 0; r == OK && i < n; i++)
		*zeros += !bitmap_test(b->data, i);
	if (r == OK)
		cache_put(b);
	return r;
}

static int
group_recount(uint32_t g, uint32_t *blocks, uint32_t *inodes)
{
	struct group group;
	int r = group_get(g, &group);

	if (r != OK)
		return r;
	r = zeros_count(group.d->block_bitmap, group_blocks(g), blocks);
	if (r == OK)
		r = zeros_count(group.d->inode_bitmap,
		    fs.super.inodes_per_group, inodes);
	if (r == OK && !fs.readonly &&
	    (group.d->free_blocks_count != *blocks ||
		group.d->free_inodes_count != *inodes)) {
		group.d->free_blocks_count = (uint16_t)*blocks;
		group.d->free_inodes_count = (uint16_t)*inodes;
		cache_dirty(group.b);
	}
	cache_put(group.b);
	return r;
}

int
recount(void)
{
	uint32_t g, blocks, inodes, all_blocks = 0, all_inodes = 0;
	int r;

	for (g = 0; g < fs.nr_groups; g++) {
		r = group_recount(g, &blocks, &inodes);
		if (r != OK)
			return r;
		all_blocks += blocks;
		all_inodes += inodes;
	}
	fs.super.free_blocks_count = all_blocks;
	fs.super.free_inodes_count = all_inodes;
	return OK;
}
