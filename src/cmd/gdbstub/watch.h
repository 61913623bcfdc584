/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Watchpoints: memory that stops the program when it changes. The processor
 * does not help, so while there are any the program runs in single steps and
 * its memory is compared after each. That is slow, but a hundred times faster
 * than if the debugger did it, over the line.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define WATCHES_MAX 8
#define WATCH_SIZE  64 /* bytes that one may have */

/**
 * Watch memory. What is watched already stays so.
 *
 * @param[in] addr  in the process
 * @param[in] size  bytes
 *
 * @retval 0       it is watched
 * @retval EINVAL  size is 0, or more than WATCH_SIZE
 * @retval ENOSPC  there are WATCHES_MAX
 * @retval EFAULT  there is no memory
 */
int watch_set(uint32_t addr, uint32_t size);

/** Watch it no longer, if it is. @param[in] addr, size as they were set
 * @return 0 */
int watch_clear(uint32_t addr, uint32_t size);

/** Is anything watched? @return whether it is */
bool watch_any(void);

/** Forget all: the program is gone. */
void watch_forget(void);

/**
 * Has something changed since it was looked at last? Memory that is no longer
 * there has not.
 *
 * @param[out] addr  of what has
 * @return whether something has
 */
bool watch_changed(uint32_t *addr);
