/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Code that is put into a service to make it send messages without any sense:
 * to anybody, of any type, with any contents, in every way there is. It ends
 * with a crash.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/**
 * Make the code. It runs wherever it is put, needs nothing but a stack, and is
 * no function that returns.
 *
 * @param[in]  seed  of its random numbers; same seed, same messages
 * @param[out] size  of the code, in bytes
 * @return the code
 */
const uint8_t *babble_make(uint32_t seed, size_t *size);
