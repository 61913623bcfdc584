/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * assert() states what our own code guarantees. A service whose claim turns
 * out false panics.
 */
#pragma once

#ifdef UNIT_TEST
#include <assert.h>
#else
#include <lacuna/printf.h>

#define assert(claim)                                                          \
	((claim) ? (void)0                                                     \
		 : panic("%s:%d: not true: %s", __FILE__, __LINE__, #claim))
#endif
