/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The map of a file. A block's number is first turned into a path: which
 * pointer of the inode, and which pointer at each level below it.
 */
#include "fs/ext2/map.h"

#include <abi/errno.h>

#include "fs/ext2/alloc.h"
#include "fs/ext2/group.h"
#include "fs/ext2/volume.h"

#define LEVELS 4

/** index[0] is in the inode, the others in blocks of pointers. */
struct path {
	uint32_t depth;
	uint32_t index[LEVELS];
};

static int
path_find(uint32_t index, struct path *p)
{
	uint32_t level, bits = 8 + fs.super.log_block_size, i;

	if (index < NR_DIRECT) {
		*p = (struct path){ 1, { index } };
		return OK;
	}
	index -= NR_DIRECT;
	for (level = 1; level < LEVELS; level++) {
		if (index >> (level * bits) == 0)
			break;
		index -= 1u << (level * bits);
	}
	if (level == LEVELS)
		return -EFBIG;
	p->depth = level + 1;
	p->index[0] = NR_DIRECT + level - 1;
	for (i = level; i > 0; i--) {
		p->index[i] = index & (map_pointers_in_block() - 1);
		index >>= bits;
	}
	return OK;
}

/* Follow a path as far as there are pointers. *level is where it ends: the
 * last pointer is *block there, 0 if there is none. */
static int
path_follow(const struct inode *ip, const struct path *p, uint32_t *level,
    uint32_t *block)
{
	uint32_t i, ptr = ip->d.block[p->index[0]], last = 0;
	struct buf *b;
	int r;

	for (i = 0;; i++) {
		if (ptr == 0)
			break;
		r = group_data_block(ptr);
		if (r != OK)
			return r;
		last = ptr;
		if (i + 1 == p->depth)
			break;
		r = cache_get(ptr, CACHE_READ, &b);
		if (r != OK)
			return r;
		ptr = map_pointers(b)[p->index[i + 1]];
		cache_put(b);
	}
	*level = ptr == 0 ? i : p->depth;
	*block = last;
	return OK;
}

int
map_find(const struct inode *ip, uint32_t index, uint32_t *block)
{
	struct path p;
	uint32_t level, last;
	int r;

	if (index < NR_DIRECT) { /* most files have nothing else */
		last = ip->d.block[index];
		r = last == 0 ? OK : group_data_block(last);
		if (r == OK)
			*block = last;
		return r;
	}
	r = path_find(index, &p);
	if (r == OK)
		r = path_follow(ip, &p, &level, &last);
	if (r == OK)
		*block = level == p.depth ? last : 0;
	return r;
}

/* The blocks that some pointers point to, as far as they lie side by side. */
static int
run_count(const uint32_t *ptr, uint32_t most, uint32_t *block, uint32_t *n)
{
	uint32_t i = 1;
	int r;

	while (*ptr != 0 && i < most && ptr[i] == *ptr + i)
		i++;
	*n = i;
	r = *ptr == 0 ? OK : group_data_run(*ptr, n);
	if (r == OK)
		*block = *ptr;
	return r;
}

static inline uint32_t
at_most(uint32_t n, uint32_t limit)
{
	return n < limit ? n : limit;
}

/* A run whose pointers are in a block of pointers. */
static int
run_indirect(const struct inode *ip, uint32_t index, uint32_t most,
    uint32_t *block, uint32_t *n)
{
	uint32_t level, parent, first;
	struct path p;
	struct buf *b;
	int r = path_find(index, &p);

	if (r == OK) {
		p.depth--; /* only to the block of pointers itself */
		r = path_follow(ip, &p, &level, &parent);
	}
	if (r != OK)
		return r;
	if (level < p.depth) {
		*block = 0;
		*n = 1;
		return OK;
	}
	r = cache_get(parent, CACHE_READ, &b);
	if (r != OK)
		return r;
	first = p.index[p.depth];
	r = run_count(map_pointers(b) + first,
	    at_most(most, map_pointers_in_block() - first), block, n);
	cache_put(b);
	return r;
}

int
map_run(const struct inode *ip, uint32_t index, uint32_t most, uint32_t *block,
    uint32_t *n)
{
	if (index < NR_DIRECT)
		return run_count(&ip->d.block[index],
		    at_most(most, NR_DIRECT - index), block, n);
	return run_indirect(ip, index, most, block, n);
}

/* Where should the next block of this file lie? */
static uint32_t
goal(const struct inode *ip)
{
	if (ip->goal != 0)
		return ip->goal;
	return group_first_block((ip->ino - 1) / fs.super.inodes_per_group);
}

/* Free n blocks that were just allocated. */
static void
give_back(const uint32_t *block, uint32_t n)
{
	while (n-- > 0)
		(void)balloc_free(block[n]); /* an error was met already */
}

/* Allocate n blocks, side by side if possible. */
static int
allocate(struct inode *ip, uint32_t *block, uint32_t n)
{
	uint32_t i, next = goal(ip);
	int r;

	if (volume_blocks_free() < n)
		return -ENOSPC;
	for (i = 0; i < n; i++) {
		r = balloc_alloc(next, &block[i]);
		if (r != OK) {
			give_back(block, i);
			return r;
		}
		next = block[i] + 1;
	}
	return OK;
}

/* Clear n new blocks of pointers, and let each but the last (whose pointer is
 * at index[n]) point to the next. */
static int
chain(const uint32_t *block, uint32_t n, const uint32_t *index, uint32_t target)
{
	struct buf *b;
	uint32_t i;
	int r;

	for (i = 0; i < n; i++) {
		r = cache_get(block[i], CACHE_ZERO, &b);
		if (r != OK)
			return r;
		map_pointers(b)[index[i + 1]] =
		    i + 1 < n ? block[i + 1] : target;
		cache_dirty(b);
		cache_put(b);
	}
	return OK;
}

/* Let the pointer where a path ended point to a block. */
static int
attach(struct inode *ip, const struct path *p, uint32_t level, uint32_t parent,
    uint32_t block)
{
	struct buf *b;
	int r;

	if (level == 0) {
		ip->d.block[p->index[0]] = block;
		return OK;
	}
	r = cache_get(parent, CACHE_READ, &b);
	if (r != OK)
		return r;
	map_pointers(b)[p->index[level]] = block;
	cache_dirty(b);
	cache_put(b);
	return OK;
}

int
map_make(struct inode *ip, uint32_t index, uint32_t *block, bool *fresh)
{
	uint32_t level, n, parent, new[LEVELS];
	struct path p;
	int r = path_find(index, &p);

	if (r == OK)
		r = path_follow(ip, &p, &level, &parent);
	if (r != OK)
		return r;
	*fresh = level < p.depth;
	if (!*fresh) {
		*block = parent;
		return OK;
	}
	n = p.depth - level;
	r = allocate(ip, new, n);
	if (r != OK)
		return r;
	r = chain(new, n - 1, &p.index[level], new[n - 1]);
	if (r == OK)
		r = attach(ip, &p, level, parent, new[0]);
	if (r != OK) {
		give_back(new, n);
		return r;
	}
	ip->goal = new[n - 1] + 1;
	ip->d.blocks += n * (fs.block_size / 512);
	ip->dirty = true;
	*block = new[n - 1];
	return OK;
}
