/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The leak search: nothing of a file that was taken out may be left in what
 * is handed out.
 *
 * Files are compared as sequences of C tokens, so layout and comments do not
 * matter. A shingle is LEAK_TOKENS tokens in a row. Shingles that also occur
 * in the sources every stage contains, or in the stub itself, prove nothing
 * and are not searched for.
 */
#pragma once

#include "grader/base/base.h"

#define LEAK_TOKENS 12

/** Shingles, as sorted hashes. */
struct shingles {
	uint64_t *at;
	size_t n, room;
};

/**
 * Add the shingles of a text.
 *
 * @param[in,out] set  zeroed before first use
 * @param[in]     data any bytes
 * @param[in]     n    how many
 */
void shingles_add(struct shingles *set, const char *data, size_t n);

/**
 * Sort a set and drop duplicates; needed before the two calls below.
 *
 * @param[in,out] set the set
 */
void shingles_sort(struct shingles *set);

/**
 * Remove from one set what is in another. Both must be sorted.
 *
 * @param[in,out] set  the set
 * @param[in]     less what to remove
 */
void shingles_subtract(struct shingles *set, const struct shingles *less);

/**
 * How many shingles of a text are in a set?
 *
 * @param[in] set  sorted
 * @param[in] data any bytes
 * @param[in] n    how many
 * @return the count
 */
size_t shingles_hits(const struct shingles *set, const char *data, size_t n);

/**
 * Free a set.
 *
 * @param[in,out] set the set
 */
void shingles_free(struct shingles *set);
