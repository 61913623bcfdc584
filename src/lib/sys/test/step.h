/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Looking at memory between any two instructions, as a kernel can that runs
 * whenever it likes: the processor stops after each.
 */
#pragma once

#include <stdbool.h>

/**
 * Begin.
 *
 * @param[in] look  called after each instruction from now on
 * @return false: this processor cannot be told to
 */
bool step_begin(void (*look)(void));

/** End. */
void step_end(void);
