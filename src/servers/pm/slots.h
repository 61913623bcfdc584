/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Which slots of the process table are in use: a bit each. Most are empty, and
 * every fork, exit and wait goes through the table.
 */
#pragma once

#include <abi/limits.h>
#include <stdint.h>

#define SLOT_BITS 32 /* in a word */

/** The bits; for the functions below. */
extern uint32_t slots_used[NR_PROCS / SLOT_BITS];

/** From now on a slot is in use. @param[in] slot  its number */
static inline void
slot_enter(int slot)
{
	slots_used[slot / SLOT_BITS] |= 1u << slot % SLOT_BITS;
}

/** A slot is not in use any more. @param[in] slot  its number */
static inline void
slot_leave(int slot)
{
	slots_used[slot / SLOT_BITS] &= ~(1u << slot % SLOT_BITS);
}

/**
 * Find the next slot in use.
 *
 * @param[in] slot  number of the first that is looked at, 0 .. NR_PROCS
 * @return the number of one in use, or NR_PROCS: there is none from there on
 */
static inline int
slot_next(int slot)
{
	uint32_t left;

	for (; slot < NR_PROCS; slot = (slot / SLOT_BITS + 1) * SLOT_BITS) {
		left = slots_used[slot / SLOT_BITS] >> slot % SLOT_BITS;
		if (left != 0)
			return slot + __builtin_ctz(left);
	}
	return NR_PROCS;
}
