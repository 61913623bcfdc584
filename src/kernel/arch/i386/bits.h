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

/** Set bit n, in one instruction. */
static inline void
bit_set(uint32_t *map, uint32_t n)
{
	__asm__("btsl %1, %0" : "+m"(*(struct bit_words *)map) : "r"(n) : "cc");
}

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
