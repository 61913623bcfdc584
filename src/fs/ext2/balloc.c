/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Allocation of blocks: the goal, then its group from there on, then the
 * group from its beginning, then the other groups.
 */
#include "fs/ext2/alloc.h"

#include <abi/errno.h>

#include "fs/ext2/group.h"
#include "fs/ext2/volume.h"

/* Take the block of a bit that was found to be zero. */
static void
take(struct group *group, struct buf *map, uint32_t bit)
{
	bitmap_set(map->data, bit);
	cache_dirty(map);
	if (group->d->free_blocks_count > 0)
		group->d->free_blocks_count--;
	cache_dirty(group->b);
	if (fs.super.free_blocks_count > 0)
		fs.super.free_blocks_count--;
	fs.dirty = true;
}

/* Allocate in group g, from bit "from" on or else from its beginning. */
static int
group_alloc(uint32_t g, uint32_t from, uint32_t *block)
{
	struct group group;
	struct buf *map;
	uint32_t bit, n = group_blocks(g);
	int r = group_get(g, &group);

	if (r != OK)
		return r;
	if (group.d->free_blocks_count == 0) {
		cache_put(group.b);
		return -ENOSPC;
	}
	r = cache_get(group.d->block_bitmap, CACHE_READ, &map);
	if (r == OK) {
		if (bitmap_find_zero(map->data, from, n, &bit) ||
		    bitmap_find_zero(map->data, 0, from, &bit)) {
			/* A damaged bitmap may offer a table's block. */
			r = group_data_block(group_first_block(g) + bit);
			if (r == OK)
				take(&group, map, bit);
		} else {
			r = -ENOSPC;
		}
		cache_put(map);
	}
	cache_put(group.b);
	if (r == OK)
		*block = group_first_block(g) + bit;
	return r;
}

int
balloc_alloc(uint32_t goal, uint32_t *block)
{
	uint32_t i, g, from;
	int r;

	if (goal < fs.super.first_data_block || goal >= fs.super.blocks_count)
		goal = fs.super.first_data_block;
	g = (goal - fs.super.first_data_block) / fs.super.blocks_per_group;
	from = goal - group_first_block(g);
	for (i = 0; i < fs.nr_groups; i++) {
		r = group_alloc(g, from, block);
		if (r != -ENOSPC)
			return r;
		from = 0;
		g = g + 1 == fs.nr_groups ? 0 : g + 1;
	}
	return -ENOSPC;
}

/* Give back the block of a bit that was found to be set. */
static void
give(struct group *group, struct buf *map, uint32_t bit)
{
	bitmap_clear(map->data, bit);
	cache_dirty(map);
	group->d->free_blocks_count++;
	cache_dirty(group->b);
	fs.super.free_blocks_count++;
	fs.dirty = true;
}

int
balloc_mark(uint32_t block, bool used)
{
	uint32_t g, bit;
	struct group group;
	struct buf *map;
	int r = group_data_block(block);

	if (r != OK)
		return r;
	g = (block - fs.super.first_data_block) / fs.super.blocks_per_group;
	bit = block - group_first_block(g);
	r = group_get(g, &group);
	if (r != OK)
		return r;
	r = cache_get(group.d->block_bitmap, CACHE_READ, &map);
	if (r == OK) {
		if (bitmap_test(map->data, bit) == used)
			r = -EIO;
		else if (used)
			take(&group, map, bit);
		else
			give(&group, map, bit);
		cache_put(map);
	}
	cache_put(group.b);
	return r;
}

int
balloc_free(uint32_t block)
{
	int r = balloc_mark(block, false);

	if (r == OK)
		cache_forget(block);
	return r;
}
