/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Physical memory of a guest at one moment: the pages somebody wanted to
 * keep, and page tables read as the processor reads them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/types.h>
#include <abi/vmlayout.h>

/** Pages by frame number. */
struct memory {
	uint32_t nframes;
	const uint8_t **page; /**< NULL: not kept */
};

/** Owner of pages that several memories may hold. */
struct page_pool {
	uint8_t **at;
	size_t n;
};

/**
 * Where physical memory is.
 *
 * @param[in] m    memory
 * @param[in] phys address
 * @return up to the end of its page; NULL: there is none, or it was not kept
 */
const uint8_t *memory_at(const struct memory *m, uint32_t phys);

/**
 * Read a word, at an address that is a multiple of its size.
 *
 * @param[in]  m    memory
 * @param[in]  phys address
 * @param[out] word set only on success
 * @return whether it was kept
 */
bool memory_word(const struct memory *m, uint32_t phys, uint32_t *word);

/**
 * The page table entry of an address.
 *
 * @param[in] m    memory
 * @param[in] dir  physical address of a page directory
 * @param[in] addr virtual
 * @return the entry, for a page of a large one as if it had its own; 0: none
 */
uint32_t memory_entry(const struct memory *m, uint32_t dir, uint32_t addr);

/**
 * Translate an address.
 *
 * @param[in]  m    memory
 * @param[in]  dir  physical address of a page directory
 * @param[in]  addr virtual
 * @param[out] phys set only on success
 * @return whether the page is there
 */
bool memory_translate(const struct memory *m, uint32_t dir, uint32_t addr,
    uint32_t *phys);

/**
 * Keep a page beyond the life of a dump.
 *
 * @param[in,out] m      gets the page, if it has none there
 * @param[in]     frame  number
 * @param[in]     from   the dump
 * @param[in]     before an earlier memory, whose page is taken if it is the
 *                       same; or NULL
 * @param[in,out] pool   owns it
 */
void memory_keep(struct memory *m, uint32_t frame, const struct memory *from,
    const struct memory *before, struct page_pool *pool);

/**
 * Free all pages of a pool.
 *
 * @param[in,out] pool the pool
 */
void page_pool_free(struct page_pool *pool);
