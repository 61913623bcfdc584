/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Lists of mutants kept with a lab's solution:
 *
 *     solutions/LAB/equivalent.yaml   those no test can tell from the original
 *     - { key: entry_put.const-plus.0a1b2c3d, reason: the sum is the same }
 *
 *     solutions/LAB/survivors.yaml    those no test has told so far
 *     - { key: entry_put.const-plus.0a1b2c3d, remark: needs two disks }
 */
#pragma once

#include "grader/base/base.h"

/** An entry of a list. */
struct listed {
	char *key, *why;
	bool met; /**< there is such a mutant; for the caller */
};

struct listing {
	struct listed *at;
	unsigned int n;
	const char *word; /**< `reason' or `remark' */
	bool there;       /**< the file is */
};

/**
 * Load a list. None there is an empty one.
 *
 * @param[in]  path file
 * @param[in]  word the key of the sentence: reason or remark
 * @param[out] list for listing_free()
 * @param[out] why  what is wrong, for free(); set only on failure
 *
 * @retval 0       done
 * @retval -EINVAL it is damaged, or an entry has no sentence, or a key is
 *                 there twice
 */
int listing_load(const char *path, const char *word, struct listing *list,
    char **why);

/**
 * An entry by its key.
 *
 * @param[in] list the list
 * @param[in] key  what to look for
 * @return the entry, or NULL
 */
struct listed *listing_find(const struct listing *list, const char *key);

/**
 * Free what a list holds.
 *
 * @param[in,out] list the list
 */
void listing_free(struct listing *list);
