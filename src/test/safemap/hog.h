/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Taking the machine's memory, so that others find none.
 */
#pragma once

#include <abi/types.h>

/**
 * Take frames until only so many are left, or as many as VM gives.
 *
 * @param[in] left how many
 * @return in how many chunks they are, with those from before
 */
int hog_take(uint32_t left);

/** Give chunks back, the latest first. @param[in] keep how many to keep
 * @return OK, or an error */
int hog_give(int keep);
