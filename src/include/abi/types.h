/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Scalar types that kernel and processes share. All are 32 bits wide.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t endpoint_t;    /**< who: slot number and generation */
typedef uint32_t vir_bytes;    /**< address or size in an address space */
typedef uint32_t phys_bytes;   /**< physical address or size */
typedef int32_t cp_grant_id_t; /**< index and sequence of a memory grant */
typedef uint32_t ksigset_t;    /**< set of signals, bit n-1 for signal n */
typedef uint32_t clock_ticks;  /**< clock interrupts since boot */

#define PAGE_SIZE  4096u
#define PAGE_SHIFT 12

/** Round an address down or up to a page multiple. */
#define PAGE_FLOOR(n) ((uint32_t)(n) & ~(PAGE_SIZE - 1))
#define PAGE_CEIL(n)  (((uint32_t)(n) + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1))
