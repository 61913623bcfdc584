/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Allocation of blocks and inodes: bits in the groups' bitmaps, and three
 * counts of what is free, which change together.
 */
#pragma once

#include <abi/types.h>

/**
 * Allocate a block. May block, as all here.
 *
 * @param[in]  goal   this one, or else one behind it, if possible
 * @param[out] block  its number
 *
 * @retval OK       allocated
 * @retval -ENOSPC  all are in use
 * @retval -EIO     a bitmap cannot be read or is damaged
 * @source own design
 */
int balloc_alloc(uint32_t goal, uint32_t *block);

/**
 * Free a block; what the cache has of it is dropped.
 *
 * @retval OK    free
 * @retval -EIO  no block of a file, or free already: its owner is damaged
 * @source own design
 */
int balloc_free(uint32_t block);

/** Mark a block as in use or free, nothing else: see inode_hide_nameless().
 * Errors as of balloc_free(). */
int balloc_mark(uint32_t block, bool used);

/**
 * Allocate an inode. A directory goes to an empty group, to have room for its
 * files around it; anything else goes near its directory.
 *
 * @param[in]  parent  inode of the directory it will be in
 * @param[in]  is_dir  it will be one
 * @param[out] ino     its number
 *
 * @retval OK       allocated
 * @retval -ENOSPC  all are in use
 * @retval -EIO     a bitmap cannot be read or is damaged
 * @source own design
 */
int ialloc_alloc(uint32_t parent, bool is_dir, uint32_t *ino);

/** Free an inode. Errors as of balloc_free(). @source own design */
int ialloc_free(uint32_t ino, bool is_dir);

/** The same as balloc_mark(), for inodes. */
int ialloc_mark(uint32_t ino, bool is_dir, bool used);

/**
 * In a bitmap, find a zero.
 *
 * @param[in]  map   bitmap, aligned to words
 * @param[in]  from  first bit to look at
 * @param[in]  n     bits in the map
 * @param[out] bit   its number
 * @return whether there is one
 * @source own design
 */
bool bitmap_find_zero(const uint8_t *map, uint32_t from, uint32_t n,
    uint32_t *bit);

static inline bool
bitmap_test(const uint8_t *map, uint32_t bit)
{
	return (map[bit / 8] >> (bit % 8) & 1) != 0;
}

static inline void
bitmap_set(uint8_t *map, uint32_t bit)
{
	map[bit / 8] = (uint8_t)(map[bit / 8] | 1u << bit % 8);
}

static inline void
bitmap_clear(uint8_t *map, uint32_t bit)
{
	map[bit / 8] = (uint8_t)(map[bit / 8] & ~(1u << bit % 8));
}
