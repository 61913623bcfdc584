/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The counts of what is free. They only save a look at the bitmaps, so when
 * they cannot be true, or nobody knows whether they are, they are counted.
 */
#pragma once

#include <abi/types.h>

/**
 * Are there counts that cannot be? Blocks.
 *
 * @param[out] wrong  whether
 * @retval OK    *wrong is set
 * @retval -EIO  a group descriptor cannot be read or makes no sense
 */
int recount_wanted(bool *wrong);

/**
 * Count what is free and, where a file system may be written, correct what the
 * disk says. Blocks.
 *
 * @retval OK    done
 * @retval -EIO  a bitmap cannot be read
 */
int recount(void);
