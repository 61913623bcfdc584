/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * For the way of a message through the kernel, on which every instruction
 * counts.
 */
#pragma once

/** For the hot path: inlined whatever its size, arguments in registers. */
#define INLINE static inline __attribute__((always_inline))
/** For functions of the hot path. */
#define REGPARM __attribute__((regparm(3)))
