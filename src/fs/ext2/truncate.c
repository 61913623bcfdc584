/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Walking all blocks of a file, to free or to mark them. A damaged block of
 * pointers may point to itself, so the number of blocks a walk may meet is
 * limited by what the inode says it has.
 */
#include <abi/errno.h>
#include <lacuna/string.h>

#include "fs/ext2/alloc.h"
#include "fs/ext2/group.h"
#include "fs/ext2/map.h"
#include "fs/ext2/volume.h"

/** A walk under way. */
struct walk {
	uint32_t left;  /**< blocks it may still meet */
	uint32_t freed; /**< blocks it has freed */
	bool used;      /**< marking: as what */
};

/* Data blocks below a pointer of a level; as large as counts here get. */
static uint64_t
span(uint32_t level)
{
	uint64_t n = 1;

	while (level-- > 0)
		n *= map_pointers_in_block();
	return n;
}

static struct walk
walk_begin(const struct inode *ip, bool used)
{
	uint32_t n = ip->d.blocks / (fs.block_size / 512);

	if (n > fs.super.blocks_count)
		n = fs.super.blocks_count;
	return (struct walk){ .left = n, .used = used };
}

/* NOLINTBEGIN(misc-no-recursion): as deep as there are levels */
static int branch_free(struct walk *w, uint32_t *ptr, uint32_t level,
    uint64_t keep);

/* Free what n pointers of a level point to, but not the first "keep" blocks
 * of data below them. */
static int
pointers_free(struct walk *w, uint32_t *ptr, uint32_t level, uint64_t keep)
{
	uint64_t each = span(level);
	uint32_t i = (uint32_t)(keep / each);
	int r = OK;

	for (keep %= each; i < map_pointers_in_block() && w->left > 0;
	     i++, keep = 0)
		if (ptr[i] != 0 && branch_free(w, &ptr[i], level, keep) != OK)
			r = -EIO;
	return r;
}

/* Free what hangs on a pointer, below level blocks of pointers. The pointer
 * becomes 0 when all of it is gone. */
static int
branch_free(struct walk *w, uint32_t *ptr, uint32_t level, uint64_t keep)
{
	struct buf *b;
	int r;

	if (w->left == 0)
		return -EIO;
	w->left--;
	r = group_data_block(*ptr);
	if (r == OK && level > 0) {
		r = cache_get(*ptr, CACHE_READ, &b);
		if (r != OK)
			return r;
		r = pointers_free(w, map_pointers(b), level - 1, keep);
		cache_dirty(b);
		cache_put(b);
	}
	if (r != OK || keep > 0)
		return r;
	r = balloc_free(*ptr);
	if (r == OK) {
		w->freed++;
		*ptr = 0;
	}
	return r;
}

/* Mark what n pointers of a level point to. */
static int
pointers_mark(struct walk *w, const uint32_t *ptr, uint32_t n, uint32_t level)
{
	struct buf *b;
	uint32_t i;
	int r = OK;

	for (i = 0; i < n && r == OK; i++) {
		if (ptr[i] == 0)
			continue;
		if (w->left-- == 0)
			return -EIO;
		r = balloc_mark(ptr[i], w->used);
		if (r != OK || level == 0)
			continue;
		r = cache_get(ptr[i], CACHE_READ, &b);
		if (r != OK)
			return r;
		r = pointers_mark(w, map_pointers(b), map_pointers_in_block(),
		    level - 1);
		cache_put(b);
	}
	return r;
}

/* NOLINTEND(misc-no-recursion) */

int
map_truncate(struct inode *ip, uint32_t index)
{
	struct walk w = walk_begin(ip, false);
	uint64_t base = NR_DIRECT, keep;
	uint32_t i, level;
	int r = OK;

	for (i = index; i < NR_DIRECT; i++)
		if (ip->d.block[i] != 0 &&
		    branch_free(&w, &ip->d.block[i], 0, 0) != OK)
			r = -EIO;
	for (level = 1; level < NR_POINTERS - NR_DIRECT + 1; level++) {
		i = NR_DIRECT + level - 1;
		keep = index > base ? index - base : 0;
		if (ip->d.block[i] != 0 && keep < span(level) &&
		    branch_free(&w, &ip->d.block[i], level, keep) != OK)
			r = -EIO;
		base += span(level);
	}
	ip->d.blocks -= w.freed * (fs.block_size / 512);
	ip->goal = 0;
	ip->dirty = true;
	return r;
}

int
map_walk(const struct inode *ip, bool used)
{
	struct walk w = walk_begin(ip, used);
	uint32_t level;
	int r = pointers_mark(&w, ip->d.block, NR_DIRECT, 0);

	for (level = 1; level < NR_POINTERS - NR_DIRECT + 1 && r == OK; level++)
		r = pointers_mark(&w, &ip->d.block[NR_DIRECT + level - 1], 1,
		    level);
	return r;
}
