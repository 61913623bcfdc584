/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Allocation of inodes.
 */
#include "fs/ext2/alloc.h"

#include <abi/errno.h>

#include "fs/ext2/group.h"
#include "fs/ext2/volume.h"

/* The group with most free blocks among those that have an average number of
 * free inodes. */
static int
dir_group(uint32_t *best)
{
	uint32_t average = fs.super.free_inodes_count / fs.nr_groups;
	uint32_t g, most = 0;
	struct group group;
	int r;

	*best = 0;
	for (g = 0; g < fs.nr_groups; g++) {
		r = group_get(g, &group);
		if (r != OK)
			return r;
		if (group.d->free_inodes_count > 0 &&
		    group.d->free_inodes_count >= average &&
		    group.d->free_blocks_count > most) {
			most = group.d->free_blocks_count;
			*best = g;
		}
		cache_put(group.b);
	}
	return OK;
}

/* Take an inode that was found to be free. */
static void
take(struct group *group, struct buf *map, uint32_t bit, bool is_dir)
{
	bitmap_set(map->data, bit);
	cache_dirty(map);
	if (group->d->free_inodes_count > 0)
		group->d->free_inodes_count--;
	if (is_dir)
		group->d->used_dirs_count++;
	cache_dirty(group->b);
	if (fs.super.free_inodes_count > 0)
		fs.super.free_inodes_count--;
	fs.dirty = true;
}

static int
group_alloc(uint32_t g, bool is_dir, uint32_t *ino)
{
	struct group group;
	struct buf *map;
	uint32_t bit, from = 0;
	int r = group_get(g, &group);

	if (r != OK)
		return r;
	if (group.d->free_inodes_count == 0) {
		cache_put(group.b);
		return -ENOSPC;
	}
	if (fs.first_ino - 1 > g * fs.super.inodes_per_group)
		from = fs.first_ino - 1 - g * fs.super.inodes_per_group;
	r = cache_get(group.d->inode_bitmap, CACHE_READ, &map);
	if (r == OK) {
		if (bitmap_find_zero(map->data, from, fs.super.inodes_per_group,
			&bit))
			take(&group, map, bit, is_dir);
		else
			r = -ENOSPC;
		cache_put(map);
	}
	cache_put(group.b);
	if (r == OK)
		*ino = g * fs.super.inodes_per_group + bit + 1;
	return r;
}

int
ialloc_alloc(uint32_t parent, bool is_dir, uint32_t *ino)
{
	uint32_t i, g = (parent - 1) / fs.super.inodes_per_group;
	int r = OK;

	if (is_dir)
		r = dir_group(&g);
	if (r != OK)
		return r;
	for (i = 0; i < fs.nr_groups; i++) {
		r = group_alloc(g, is_dir, ino);
		if (r != -ENOSPC)
			return r;
		g = g + 1 == fs.nr_groups ? 0 : g + 1;
	}
	return -ENOSPC;
}

/* Give back an inode that was found to be in use. */
static void
give(struct group *group, struct buf *map, uint32_t bit, bool is_dir)
{
	bitmap_clear(map->data, bit);
	cache_dirty(map);
	group->d->free_inodes_count++;
	if (is_dir && group->d->used_dirs_count > 0)
		group->d->used_dirs_count--;
	cache_dirty(group->b);
	fs.super.free_inodes_count++;
	fs.dirty = true;
}

int
ialloc_mark(uint32_t ino, bool is_dir, bool used)
{
	uint32_t bit = (ino - 1) % fs.super.inodes_per_group;
	struct group group;
	struct buf *map;
	int r = group_get((ino - 1) / fs.super.inodes_per_group, &group);

	if (r != OK)
		return r;
	r = cache_get(group.d->inode_bitmap, CACHE_READ, &map);
	if (r == OK) {
		if (bitmap_test(map->data, bit) == used)
			r = -EIO;
		else if (used)
			take(&group, map, bit, is_dir);
		else
			give(&group, map, bit, is_dir);
		cache_put(map);
	}
	cache_put(group.b);
	return r;
}

int
ialloc_free(uint32_t ino, bool is_dir)
{
	return ialloc_mark(ino, is_dir, false);
}
