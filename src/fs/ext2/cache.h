/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The block cache. To look at a block or change it, get it, say cache_dirty()
 * after changing it, and put it back. While one holds a block it stays where
 * it is; afterwards it may give way to others, the one unused for longest
 * first. Changed blocks are written when the file system is synchronised or
 * when a block is needed for something else, then all of them, in order of
 * their numbers and as many at once as lie side by side.
 *
 * Blocks that follow one another on the disk get buffers that follow one
 * another in memory, where there is room without throwing out what was used
 * lately. So a file that was read or written in order can be handed over in
 * long pieces, whole pages at page boundaries: a copy of those can share the
 * cache's own pages with the reader. Then a page of the cache changes its
 * frame when it is next written; nothing here can tell.
 */
#pragma once

#include <abi/types.h>

#define CACHE_BYTES (5u << 18) /* a file of 1 MiB, and what leads to it */
#define CACHE_RUN   32u        /* blocks that are read or written at once */

#define NO_BLOCK 0xffffffffu

struct buf {
	uint8_t *data;
	uint32_t block; /**< number on the device, or NO_BLOCK */
	uint32_t pins;  /**< holders */
	bool valid;     /**< data is what block should contain */
	bool dirty;     /**< and is newer than the disk */
	uint32_t used;  /**< buffers that were taken before its last use */
	struct buf *hash_next;
	struct buf *older, *newer; /**< in order of last use */
};

/** What a block is got for. */
enum cache_how {
	CACHE_READ, /**< its contents matter */
	CACHE_FILL, /**< the caller writes all of it: contents are undefined */
	CACHE_ZERO, /**< it begins as zeros */
};

/** May a block be written before the others are shown? */
typedef bool (*cache_fresh_t)(uint32_t block);

/**
 * What is shown changed blocks before any of them is written, in order of
 * their numbers; it must not ask the cache for others.
 */
typedef void (*cache_show_t)(struct buf *const *list, uint32_t n);

/**
 * Empty the cache and set the size of blocks.
 *
 * @param[in] block_size  BLOCK_SIZE_MIN to BLOCK_SIZE_MAX, a power of two
 * @param[in] forced      is shown what is written only because a block is
 *                        needed for something else; or NULL
 * @source own design
 */
void cache_init(uint32_t block_size, cache_show_t forced);

/**
 * Hold a block. May block for the device.
 *
 * @param[in]  block  number on the device
 * @param[in]  how    what for
 * @param[out] bp     the block
 *
 * @retval OK    held; give it back with cache_put()
 * @retval -EIO  cannot be read, or nothing else could be written
 * @source own design
 */
int cache_get(uint32_t block, enum cache_how how, struct buf **bp);

/** Hold a block if the cache has it; NULL otherwise. @source own design */
struct buf *cache_peek(uint32_t block);

/**
 * cache_get() with CACHE_READ for a block that others will follow: when it
 * must be read, those behind it on the disk that are not in the cache yet are
 * read along.
 *
 * @param[in] n  blocks from this one on that will be wanted, at least 1
 */
int cache_get_run(uint32_t block, uint32_t n, struct buf **bp);

/**
 * Hold those that follow a held block both on the disk and in memory.
 *
 * @param[in] b  the first, which the caller holds
 * @param[in] n  how many are wanted, at least 1
 *
 * @return how many are held now, b included: their data are in one piece
 * @source own design
 */
uint32_t cache_span(struct buf *b, uint32_t n);

/** Give a block back. @source own design */
void cache_put(struct buf *b);

/** Give back n blocks of a cache_span(). @source own design */
void cache_put_span(struct buf *b, uint32_t n);

/** A block that the caller holds was changed. @source own design */
void cache_dirty(struct buf *b);

/** A block is free now: what the cache has of it is not worth writing.
 * @source own design */
void cache_forget(uint32_t block);

/** How many blocks are changed. @source own design */
uint32_t cache_nr_dirty(void);

/** So many that the next request should not add to them before they have been
 * written? @source own design */
bool cache_is_full(void);

/**
 * Write all changed blocks. Blocks that cannot be written stay changed.
 *
 * @param[in] fresh  which are written first; NULL: none
 * @param[in] show   is shown the others before any of them is written; or NULL
 *
 * @retval OK    written
 * @retval -EIO  not all of them
 * @source own design
 */
int cache_commit(cache_fresh_t fresh, cache_show_t show);
