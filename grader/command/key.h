/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The staff's key: a secret from which the values in all tests derive.
 */
#pragma once

#include <stddef.h>

#define KEY_LEAST 16 /* bytes, blanks at both ends not counted */

/**
 * What is wrong with a key: whoever can guess it knows what tests will ask.
 *
 * @param[in] key what its file holds
 * @param[in] n   its length
 * @return a few words, or NULL: nothing is
 */
const char *key_fault(const char *key, size_t n);
