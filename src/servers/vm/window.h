/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The window: all physical memory, mapped into VM and nobody else. VM reads
 * and writes page tables, frames and its own records through it. A host test
 * puts an array in its place.
 */
#pragma once

#include <abi/types.h>
#include <abi/vmlayout.h>
#include <lacuna/string.h>

#ifdef UNIT_TEST
extern uint8_t *window_base; /* the test's array */
#else
#define window_base ((uint8_t *)VM_WINDOW)
#endif

/** Where VM sees physical memory. */
static inline void *
window_at(phys_bytes phys)
{
	return window_base + phys;
}

/** Fill a frame with zeros. */
static inline void
window_zero(phys_bytes frame)
{
	memset(window_at(frame), 0, PAGE_SIZE);
}

/** Copy a frame. */
static inline void
window_copy(phys_bytes to, phys_bytes from)
{
	memcpy(window_at(to), window_at(from), PAGE_SIZE);
}
