/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Searching bitmaps, by words where all bits are set.
 */
#include "fs/ext2/alloc.h"

bool
bitmap_find_zero(const uint8_t *map, uint32_t from, uint32_t n, uint32_t *bit)
{
	const uint32_t *word = (const uint32_t *)(const void *)map;
	uint32_t i = from;

	while (i < n) {
		if (i % 32 == 0 && word[i / 32] == 0xffffffff) {
			i += 32;
		} else if (bitmap_test(map, i)) {
			i++;
		} else {
			*bit = i;
			return true;
		}
	}
	return false;
}
