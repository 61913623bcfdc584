/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Bitmaps of words.
 */
#pragma once

#include <abi/types.h>

/** Tells the compiler that more than the first word is looked at. */
struct bit_words {
	uint32_t word[4]; /**< at least so many matter */
};

/** Is bit n set? One instruction finds word and bit. */
static inline bool
bit_test(const uint32_t *map, uint32_t n)
{
	bool set;

	__asm__("btl %2, %1"
		: "=@ccc"(set)
		: "m"(*(const struct bit_words *)map), "r"(n)
		: "cc");
	return set;
}
