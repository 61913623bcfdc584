/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies of ordinary pages, quickly. Nearly all copies are of pages that lie
 * in one table on either side and are not special; what cow_map() asks of each
 * page can then be asked once, of all of them. Nothing depends on it: the same
 * comes of cow_map() alone, at some 150 instructions more for a page.
 */
#pragma once

#include "servers/vm/cow.h"

/**
 * Copy pages as cow_map() does, with the same result.
 *
 * @param[in] copy  what is copied
 *
 * @retval OK       done
 * @return or an error of cow_map()
 * @source own design
 */
int cow_run(const struct cow_copy *copy);
