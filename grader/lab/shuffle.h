/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Tests in another order: what a test finds must not depend on those before
 * it. The order is that of digests, so a seed gives the same one anywhere.
 */
#pragma once

#include "grader/base/base.h"

/**
 * Which of two names comes first?
 *
 * @param[in] seed of the order
 * @param[in] a    a name
 * @param[in] b    another
 * @return less than, equal to or greater than 0, as a comes before b
 */
int shuffle_compare(unsigned int seed, const char *a, const char *b);

/**
 * Put names into the order of a seed.
 *
 * @param[in]     seed  of the order; 0: they stay as they are
 * @param[in,out] names the names
 * @param[in]     n     how many
 */
void shuffle_names(unsigned int seed, const char **names, size_t n);
