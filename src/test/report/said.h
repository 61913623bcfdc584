/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a process has said so far, in one number that it keeps in its own
 * memory. The host makes the same of the records that arrive. When a stream
 * ends, the emulator stops, and the host compares the two: a record that was
 * added, changed or left out on the way makes a difference.
 */
#pragma once

#include <stdint.h>

#define SAID_TAG 8 /**< bytes of a record's tag that count */

/**
 * Add a record.
 *
 * @param[in] said so far; 0 before the first record
 * @param[in] tag  of the record, SAID_TAG bytes
 * @return what has been said then
 *
 * @source own design
 */
static inline uint64_t
said_add(uint64_t said, const uint8_t *tag)
{
	uint64_t n = 0;
	int i;

	for (i = 0; i < SAID_TAG; i++)
		n = n << 8 | tag[i];
	return (said << 5 | said >> 59) ^ n;
}
